// The chain of seals over the audit log: each event, once sealed, is bound to all before it. `hash` is SHA-256 over the hash
// before it and the event, so anybody can check that nothing was changed, left out or put in between; `mac` is an HMAC of
// that hash under a key of the deployment, so that who can write the database only cannot make the chain anew.
import type { EventData } from '~/domain/kernel/events'

export type ChainedEvent = {
  id: string
  type: string
  actorType: string
  actorId: string | null
  actorLabel: string
  subjectType: string
  subjectId: string
  organizationId: string | null
  appId: string | null
  data: EventData
  requestId: string
  ip: string | null
  country: string | null
  userAgent: string | null
  createdAt: number
}

export type Seal = { seq: number; sealedAt: number; hash: string; keyVersion: string; mac: string }

export type SealTools = {
  sha256(text: string): Promise<string>
  /** Under the newest key of the deployment. */
  sign(hash: string): Promise<{ keyVersion: string; mac: string }>
  /** Null for a key that is not known (any more). */
  verify(hash: string, seal: Pick<Seal, 'keyVersion' | 'mac'>): Promise<boolean | null>
}

/** What stands before the first entry. */
export const genesis = { seq: 0, hash: '' }

export type ChainHead = { seq: number; hash: string }

/** A list in a fixed order, so that one text stands for one event. */
function canonical(before: string, seq: number, sealedAt: number, event: ChainedEvent): string {
  return JSON.stringify([
    'portico-audit-1',
    before,
    seq,
    sealedAt,
    event.id,
    event.type,
    event.actorType,
    event.actorId,
    event.actorLabel,
    event.subjectType,
    event.subjectId,
    event.organizationId,
    event.appId,
    event.data,
    event.requestId,
    event.ip,
    event.country,
    event.userAgent,
    event.createdAt,
  ])
}

export function hashOf(
  tools: Pick<SealTools, 'sha256'>,
  before: string,
  seq: number,
  sealedAt: number,
  event: ChainedEvent,
): Promise<string> {
  return tools.sha256(canonical(before, seq, sealedAt, event))
}

/** Seals for events in this order, after `head`. */
export async function sealAfter(
  tools: SealTools,
  head: ChainHead,
  events: readonly ChainedEvent[],
  sealedAt: number,
): Promise<(Seal & { eventId: string })[]> {
  const seals: (Seal & { eventId: string })[] = []
  let { seq, hash } = head
  for (const event of events) {
    seq += 1
    hash = await hashOf(tools, hash, seq, sealedAt, event)
    seals.push({ eventId: event.id, seq, sealedAt, hash, ...(await tools.sign(hash)) })
  }
  return seals
}

export type Break = {
  seq: number
  eventId: string | null
  kind: 'missing' | 'changed' | 'forged' | 'cut' | 'inserted'
}

export const breakWords: Record<Break['kind'], string> = {
  missing: 'An entry is missing here: it was deleted.',
  changed: 'This entry is not what it was when it was sealed, or entries were put in another order.',
  forged: 'The seal of this entry was not made by this portal.',
  cut: 'The log ends before the last entry that was known: its end was cut off.',
  inserted: 'This entry was put in by hand: it says that it is sealed, and no seal is known.',
}

/** What has been checked up to a place. `unproven`: entries since the last seal whose key is known. */
export type Progress = { head: ChainHead; unproven: number }

/**
 * Checks entries that follow `progress.head`, in the order of `seq`; `event` is null where a seal has lost its event.
 * Answers how far it came, or the first place that is broken.
 */
export async function verifyEntries(
  tools: Pick<SealTools, 'sha256' | 'verify'>,
  progress: Progress,
  entries: readonly { seal: Seal; eventId: string; event: ChainedEvent | null }[],
): Promise<{ progress: Progress; broken: Break | null }> {
  let { head, unproven } = progress
  for (const { seal, eventId, event } of entries) {
    const at = (kind: Break['kind'], seq = seal.seq) => ({
      progress: { head, unproven },
      broken: { seq, eventId: seq === seal.seq ? eventId : null, kind },
    })
    if (seal.seq !== head.seq + 1) return at('missing', head.seq + 1)
    if (!event) return at('missing')
    const hash = await hashOf(tools, head.hash, seal.seq, seal.sealedAt, event)
    if (hash !== seal.hash) return at('changed')
    const proven = await tools.verify(hash, seal)
    if (proven === false) return at('forged')
    unproven = proven ? 0 : unproven + 1
    head = { seq: seal.seq, hash }
  }
  return { progress: { head, unproven }, broken: null }
}
