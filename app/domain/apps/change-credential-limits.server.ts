// Narrows a credential within its plan: name, addresses, methods, paths, first and last moment. Who saves what an older
// state showed is asked to look again, so that nobody widens by accident what somebody else has just narrowed.
import { and, eq, sql } from 'drizzle-orm'
import type { DomainContext } from '~/domain/kernel/context'
import { type DomainError, domainError, fieldError } from '~/domain/kernel/errors'
import { type Id, newDecisionId } from '~/domain/kernel/ids'
import { fail, ok, type Result } from '~/domain/kernel/result'
import { recordEvent } from '~db/record-event'
import { apps, credentialLimits, credentials } from '~db/schema'
import { credentialStateAt } from './credential'
import type { ChangeLimitsInput } from './credential-limits'
import { limitChanges } from './limit-changes'
import { findCredentialLimits } from './queries-limits.server'
import { type AppActor, visibleApps } from './visibility.server'

const noSuchCredential = domainError('not_found', 'There is no such credential.')
const noLongerWorks = domainError(
  'already_decided',
  'This key was replaced or revoked, or it has expired. Change the limits of the key that works.',
)
const changedMeanwhile = domainError(
  'conflict',
  'Somebody changed these limits since you opened this page. What you entered is still here: check the activity of the app, then save again to replace theirs.',
)

export async function changeCredentialLimits(
  ctx: DomainContext<AppActor>,
  appId: Id<'app'>,
  credentialId: Id<'crd'>,
  input: ChangeLimitsInput,
): Promise<Result<{ changed: boolean }>> {
  const found = await findCredentialLimits(ctx, appId, credentialId)
  if (!found) return fail(noSuchCredential)
  if (found.state !== 'active') return fail(noLongerWorks)
  const { version, ...after } = input
  if (version !== found.version) return fail(changedMeanwhile)
  const { limits: before, planExpiresAt } = found
  const wrong = wrongEnd(after.ownExpiresAt, before.ownExpiresAt, planExpiresAt, ctx.now)
  if (wrong) return fail(wrong)
  const changes = limitChanges({ name: found.name, ...before }, after)
  if (Object.keys(changes).length === 0) return ok({ changed: false })

  const decisionId = newDecisionId(ctx.now)
  const won = sql`exists (select 1 from credential_limits l where l.credential_id = ${credentialId} and l.decision_id = ${decisionId})`
  const { name, ...limits } = after
  const event = recordEvent(
    ctx,
    {
      type: 'credential.limits_changed',
      subjectType: 'credential',
      subjectId: credentialId,
      organizationId: found.organizationId,
      appId,
      data: { credential: name, hint: found.hint, app: found.appName, products: found.products, ...changes },
    },
    won,
  )
  const row = { ...limits, planExpiresAt, version: version + 1, decisionId }
  const [rows] = await ctx.db.batch([
    ctx.db
      .insert(credentialLimits)
      .select(
        sql`select c.id as credential_id, ${JSON.stringify(row.ipRanges)} as ip_ranges, ${JSON.stringify(row.methods)} as methods,
          ${JSON.stringify(row.paths)} as paths, ${row.notBefore} as not_before, ${row.ownExpiresAt} as own_expires_at,
          ${row.planExpiresAt} as plan_expires_at, ${row.version} as version, ${decisionId} as decision_id
          from credentials c where c.id = ${credentialId} and c.state = 'active' and c.expires_at is ${found.expiresAt}
          and exists (select 1 from ${apps} where ${apps.id} = c.app_id and ${visibleApps(ctx.actor)})`,
      )
      .onConflictDoUpdate({
        target: credentialLimits.credentialId,
        set: row,
        setWhere: eq(credentialLimits.version, version),
      })
      .returning({ id: credentialLimits.credentialId }),
    ctx.db
      .update(credentials)
      .set({ name, expiresAt: earlier(limits.ownExpiresAt, planExpiresAt) })
      .where(and(eq(credentials.id, credentialId), won)),
    event.statement,
  ])
  ctx.forgetCredential(credentialId)
  if (!rows[0]) return fail(await whyNot(ctx, appId, credentialId))
  ctx.announce(event.id)
  return ok({ changed: true })
}

function wrongEnd(
  wanted: number | null,
  before: number | null,
  planExpiresAt: number | null,
  now: number,
): DomainError | null {
  if (wanted === null || wanted === before) return null
  if (wanted <= now) return fieldError('ownExpiresAt', 'This moment is over. Choose a later time.')
  if (planExpiresAt === null || wanted <= planExpiresAt) return null
  const end = new Date(planExpiresAt).toISOString().slice(0, 16).replace('T', ' ')
  return fieldError(
    'ownExpiresAt',
    `The plan lets this key work until ${end} UTC and no longer. Choose an earlier time.`,
  )
}

function earlier(one: number | null, other: number | null): number | null {
  return one === null || other === null ? (one ?? other) : Math.min(one, other)
}

async function whyNot(
  ctx: DomainContext<AppActor>,
  appId: Id<'app'>,
  credentialId: Id<'crd'>,
): Promise<DomainError> {
  const now = await findCredentialLimits(ctx, appId, credentialId)
  if (!now) return noSuchCredential
  return credentialStateAt(now, ctx.now) === 'active' ? changedMeanwhile : noLongerWorks
}
