// Statements that rotate any number of keys in one batch: the old ones retire, new ones serve the same approved requests,
// so limits go on counting. An OAuth client keeps its ID and gets a new secret. Each rotation is an event. An old key that may
// not be rotated (any more) stays as it is.
import { and, eq, inArray, type SQL, sql } from 'drizzle-orm'
import type { DomainContext } from '~/domain/kernel/context'
import { type Id, newDecisionId, type OrganizationId } from '~/domain/kernel/ids'
import { recordEvents } from '~db/record-event'
import { credentialLimits, credentialRequests, credentials } from '~db/schema'
import type { CredentialType } from './credential'
import { newSealedKey } from './credential-statements.server'
import { type Overlap, overlapMs } from './rotation'
import type { AppActor } from './visibility.server'

export type KeyToRotate = {
  id: Id<'crd'>
  appId: Id<'app'>
  type: CredentialType
  name: string
  hint: string
  appName: string
  products: string[]
}

/** A key that works and can be rotated, as a condition on a row of `credentials`. */
export function rotatable(ctx: DomainContext): SQL {
  return sql`(credentials.state = 'active'
    and (credentials.expires_at is null or credentials.expires_at > ${ctx.now}))`
}

/** One whose time ran out gets a successor too, while what it opened is still approved. */
const renewable = sql`(credentials.state = 'active' or (credentials.state = 'expired' and exists (
  select 1 from credential_requests q join access_requests r on r.id = q.request_id and r.state = 'approved'
  where q.credential_id = credentials.id)))`

/** Keys of one organization. `may` is a condition on the row of the old key. The first statement answers which keys were rotated. */
export async function rotationStatements(
  ctx: DomainContext<AppActor>,
  organizationId: OrganizationId,
  keys: readonly KeyToRotate[],
  overlap: Overlap,
  may: SQL,
) {
  const decisionId = newDecisionId(ctx.now)
  const sealed = await Promise.all(
    keys.map(async (key) => ({ oldId: key.id, ...(await newSealedKey(ctx, key.type)) })),
  )
  const list = JSON.stringify(sealed)
  const atOnce = overlap === 'now'
  const newOf = (column: string) => sql`json_extract(x.value, ${`$.${column}`})`
  const eventList = recordEvents(
    ctx,
    keys.map((key, at) => ({
      type: 'credential.rotated',
      subjectType: 'credential',
      subjectId: key.id,
      organizationId,
      appId: key.appId,
      data: {
        credential: key.name,
        hint: key.hint,
        credentialType: key.type,
        newHint: sealed[at]?.hint ?? '',
        overlap,
        app: key.appName,
        products: key.products,
      },
    })),
    (subjectId) =>
      sql`exists (select 1 from credentials old where old.id = ${subjectId} and old.decision_id = ${decisionId})`,
  )
  const statements = [
    ctx.db
      .update(credentials)
      .set({
        state: atOnce ? 'revoked' : 'retiring',
        retiresAt: ctx.now + overlapMs[overlap],
        decisionId,
        ...(atOnce ? { revokedAt: ctx.now, revokedById: ctx.actor.userId, secretCipher: null } : {}),
      })
      .where(
        and(
          inArray(credentials.id, sql`(select json_extract(value, '$.oldId') from json_each(${list}))`),
          renewable,
          may,
        ),
      )
      .returning({ id: credentials.id }),
    ctx.db.insert(credentials).select(
      sql`select ${newOf('id')} as id, c.app_id as app_id, c.type as type, 'active' as state, c.name as name,
        c.client_id as client_id, ${newOf('secretHash')} as secret_hash, ${newOf('secretCipher')} as secret_cipher,
        ${newOf('hint')} as hint, c.id as replaces_id,
        (select ${ctx.now} + min(r.key_lifetime_days) * 86400000 from credential_requests q
          join access_requests r on r.id = q.request_id and r.state = 'approved' where q.credential_id = c.id) as expires_at,
        null as retires_at, null as revoked_at, null as revoked_by_id, null as decision_id, null as last_used_at,
        null as last_used_api_id, null as last_used_country, (select show_secrets_once from settings where id = 1) as show_once,
        ${ctx.now} as created_at
        from json_each(${list}) x join credentials c on c.id = ${newOf('oldId')} and c.decision_id = ${decisionId}`,
    ),
    ctx.db.insert(credentialRequests).select(
      sql`select n.id as credential_id, q.request_id as request_id
        from json_each(${list}) x join credentials n on n.id = ${newOf('id')}
        join credential_requests q on q.credential_id = n.replaces_id`,
    ),
    // What people limited the old key to, the new one is limited to; its own end stays where it is before the plan's.
    ctx.db.insert(credentialLimits).select(
      sql`select n.id as credential_id, l.ip_ranges as ip_ranges, l.methods as methods, l.paths as paths,
        l.not_before as not_before, l.own_expires_at as own_expires_at, n.expires_at as plan_expires_at,
        l.version as version, ${decisionId} as decision_id
        from json_each(${list}) x join credentials n on n.id = ${newOf('id')}
        join credential_limits l on l.credential_id = n.replaces_id`,
    ),
    ctx.db
      .update(credentials)
      .set({
        expiresAt: sql`(select min(l.own_expires_at, coalesce(l.plan_expires_at, l.own_expires_at)) from credential_limits l
          where l.credential_id = credentials.id)`,
      })
      .where(
        sql`credentials.id in (select ${newOf('id')} from json_each(${list}) x
          join credential_limits l on l.credential_id = ${newOf('id')} and l.own_expires_at is not null)`,
      ),
    eventList.statement,
  ] as const

  /** After the batch, with the rows of the first statement. */
  function settle(rotated: readonly { id: Id<'crd'> }[]): { rotated: number; newIds: Id<'crd'>[] } {
    const done = new Set(rotated.map((row) => row.id))
    for (const [at, key] of keys.entries()) {
      ctx.forgetCredential(key.id)
      const eventId = eventList.ids[at]
      if (eventId && done.has(key.id)) ctx.announce(eventId)
    }
    return {
      rotated: done.size,
      newIds: sealed.filter((key) => done.has(key.oldId)).map((key) => key.id),
    }
  }
  return { statements, settle }
}

/** Keys that retire already live on no longer than the new overlap allows. */
export function shortenRetiring(ctx: DomainContext, overlap: Overlap, may: SQL) {
  return ctx.db
    .update(credentials)
    .set({ retiresAt: sql`min(${credentials.retiresAt}, ${ctx.now + overlapMs[overlap]})` })
    .where(and(eq(credentials.state, 'retiring'), may))
    .returning({ id: credentials.id })
}
