// Password hashing with scrypt, its parameters in the hash (PHC string format), so that the cost can be raised later.
import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto'
import type { PasswordTools } from '~/domain/kernel/context'
import { ok } from '~/domain/kernel/result'
import { inTurn } from './hash-queue'

type Cost = { logN: number; r: number; p: number }

/** N=2^15, r=8, p=3: listed by the OWASP Password Storage Cheat Sheet; N·r·p stays under the runtime's cap of 2^20. */
const cost: Cost = { logN: 15, r: 8, p: 3 }
const keyLength = 32
/** The default of 32 MiB refuses N=2^15 with r=8, which takes exactly that much. */
const maxmem = 64 * 1024 * 1024

function derive(password: string, salt: Uint8Array, { logN, r, p }: Cost): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    scrypt(password, salt, keyLength, { N: 2 ** logN, r, p, maxmem }, (error, key) =>
      error ? reject(error) : resolve(key),
    )
  })
}

function format(parameters: Cost, salt: Uint8Array, key: Uint8Array): string {
  const text = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64').replaceAll('=', '')
  return `$scrypt$ln=${parameters.logN},r=${parameters.r},p=${parameters.p}$${text(salt)}$${text(key)}`
}

function parse(hash: string): { parameters: Cost; salt: Buffer; key: Buffer } | null {
  const match = /^\$scrypt\$ln=(\d{1,2}),r=(\d{1,2}),p=(\d{1,2})\$([A-Za-z0-9+/]+)\$([A-Za-z0-9+/]+)$/.exec(
    hash,
  )
  if (!match) return null
  const [, logN, r, p, salt, key] = match
  return {
    parameters: { logN: Number(logN), r: Number(r), p: Number(p) },
    salt: Buffer.from(salt ?? '', 'base64'),
    key: Buffer.from(key ?? '', 'base64'),
  }
}

/** Stands in for the hash of an account that does not exist, so that both cases do the same work. */
const nobody = format(cost, new Uint8Array(16), new Uint8Array(keyLength))

export const passwordTools: PasswordTools = {
  async hash(password) {
    const salt = randomBytes(16)
    const key = await inTurn(() => derive(password, salt, cost))
    return key.ok ? ok(format(cost, salt, key.value)) : key
  },
  async matches(password, hash) {
    const parsed = parse(hash ?? nobody)
    if (!parsed) return ok(false)
    const key = await inTurn(() => derive(password, parsed.salt, parsed.parameters))
    if (!key.ok) return key
    return ok(timingSafeEqual(key.value, parsed.key) && hash !== null)
  },
  needsRehash(hash) {
    const parameters = parse(hash)?.parameters
    return !parameters || parameters.logN !== cost.logN || parameters.r !== cost.r || parameters.p !== cost.p
  },
}
