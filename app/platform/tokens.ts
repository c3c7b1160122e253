// One-time tokens in KV: `<purpose>:<sha-256 of the token>` holds the payload until it runs out. The token itself is nowhere.
import { z } from 'zod'
import type { TokenPayload, TokenStore } from '~/domain/kernel/context'
import { randomToken, sha256Hex } from './encoding'

const payloadSchema = z.object({
  userId: z.templateLiteral(['usr_', z.string()]),
  version: z.number(),
  expiresAt: z.number(),
  email: z.string().optional(),
})

export function createTokenStore(kv: KVNamespace, now: () => number): TokenStore {
  return {
    async issue(purpose, payload, ttlSeconds) {
      const token = randomToken()
      await kv.put(`${purpose}:${await sha256Hex(token)}`, JSON.stringify(payload), {
        expirationTtl: ttlSeconds,
      })
      return token
    },
    async read(purpose, token) {
      if (!/^[A-Za-z0-9_-]{43}$/.test(token)) return null
      const stored: unknown = await kv.get(`${purpose}:${await sha256Hex(token)}`, 'json')
      const payload = payloadSchema.safeParse(stored)
      // KV deletes lazily, so the time in the payload decides.
      return payload.success && payload.data.expiresAt > now() ? (payload.data as TokenPayload) : null
    },
    hash: sha256Hex,
    async discard(purpose, token) {
      await kv.delete(`${purpose}:${await sha256Hex(token)}`)
    },
  }
}
