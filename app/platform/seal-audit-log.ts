// Seals what was committed since, from the queue a moment after it happened and from the cron. And the anchor: how far the
// chain had come, kept in KV, where who can write the database cannot reach it.
import { z } from 'zod'
import type { ChainHead } from '~/domain/notifications/audit-chain'
import { headBeyond } from '~/domain/notifications/queries-chain.server'
import { sealEvents } from '~/domain/notifications/seal-events.server'
import { sealTools } from './audit-seal'
import { logError } from './log'
import { systemContext } from './system-context'

const anchorKey = 'audit_log_anchor'
const anchorSchema = z.object({ seq: z.number().int(), hash: z.string() })

/** A batch of the queue brings ten events: this keeps up with them, and no two consumers compute hundreds in vain. */
export async function sealSome(env: Env): Promise<void> {
  await seal(env, 25, 1)
}

/** Of the cron: what is left. A portal that was upgraded catches up over some of its runs. */
export async function sealAuditLog(env: Env): Promise<void> {
  await seal(env, 200, 10)
}

/** Never fails what it is called beside: what is not sealed now is sealed by the next one. */
async function seal(env: Env, perRun: number, runs: number): Promise<void> {
  try {
    const ctx = systemContext(env)
    const tools = sealTools(env.VAULT_KEYS)
    for (let run = 0; run < runs; run += 1) if ((await sealEvents(ctx, tools, perRun)) < perRun) return
  } catch (error) {
    logError('events_not_sealed', error)
  }
}

export async function readAnchor(env: Env): Promise<ChainHead | null> {
  const parsed = anchorSchema.safeParse(await env.TOKENS.get(anchorKey, 'json'))
  return parsed.success ? parsed.data : null
}

/** Of the cron. It moves on only along the chain that holds it: one that was cut or made anew leaves it where it was. */
export async function writeAnchor(env: Env): Promise<void> {
  const anchor = await readAnchor(env)
  const head = await headBeyond(systemContext(env), anchor)
  if (head && head.seq > (anchor?.seq ?? 0)) await env.TOKENS.put(anchorKey, JSON.stringify(head))
}
