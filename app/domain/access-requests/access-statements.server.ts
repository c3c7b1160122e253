// What follows in the batch that approves a request: the keys that serve it (a new one, the one that it asked for, or those
// of the access whose plan it changes), the end of that access, and the events. Nothing happens unless the request carries
// this decision, so an approval that comes too late leaves no mark.

import { and, eq, type SQL, sql } from 'drizzle-orm'
import type { BatchItem } from 'drizzle-orm/batch'
import type { CredentialType } from '~/domain/apps/credential'
import type { DomainContext } from '~/domain/kernel/context'
import type { EventData } from '~/domain/kernel/events'
import type { EventId, Id, OrganizationId } from '~/domain/kernel/ids'
import { recordEvent } from '~db/record-event'
import { accessRequestProducts, accessRequests, credentialRequests, credentials } from '~db/schema'
import { type Names, requestEventData } from './decision'
import { credentialIssued, insertCredential, newCredential } from './new-credential.server'

const dayMs = 86_400_000

export type Approval = {
  requestId: Id<'req'>
  organizationId: OrganizationId
  appId: Id<'app'>
  names: Names
  credentialType: CredentialType
  /** More for the event that tells of the approval. */
  more?: EventData
  changes: { id: Id<'req'>; planName: string } | null
  wantedCredentialId: Id<'crd'> | null
  showSecretsOnce: boolean
}

export type AccessStatements = {
  statements: readonly BatchItem<'sqlite'>[]
  /** With what these statements answered: announces what happened. The key that was issued, or null. */
  settle(results: readonly unknown[]): Id<'crd'> | null
}

/** `ctx` is whoever decides. */
export async function accessStatements(
  ctx: DomainContext,
  decisionId: string,
  approval: Approval,
): Promise<AccessStatements> {
  const { requestId, changes, names } = approval
  const place = { organizationId: approval.organizationId, appId: approval.appId }
  const won = sql`${accessRequests.decisionId} = ${decisionId}`
  const decided = sql`exists (select 1 from access_requests where id = ${requestId} and decision_id = ${decisionId} and state = 'approved')`
  const credential = await newCredential(
    ctx,
    approval.credentialType,
    names.planName,
    approval.showSecretsOnce,
  )
  const events = {
    approved: recordEvent(
      ctx,
      {
        type: 'access_request.approved',
        subjectType: 'access_request',
        subjectId: requestId,
        ...place,
        data: requestEventData(names, {
          ...approval.more,
          ...(changes ? { planBefore: changes.planName } : {}),
        }),
      },
      decided,
    ),
    issued: credentialIssued(ctx, credential, place, names),
  }
  const [issue, serve] = insertCredential(
    ctx,
    credential,
    requestId,
    sql`${won} and not exists (select 1 from credential_requests where request_id = ${requestId})`,
  )
  const retirement = changes && retire(ctx, decisionId, approval, changes)
  const linking = linkKeys(ctx, approval, decided)
  const statements: BatchItem<'sqlite'>[] = [
    ...(retirement?.statements ?? []),
    ...linking,
    issue,
    serve,
    events.approved.statement,
    ...(retirement ? [retirement.event.statement] : []),
    events.issued.statement,
  ]
  return {
    statements,
    settle(results) {
      const rowsOf = (statement: BatchItem<'sqlite'> | undefined) =>
        statement ? (results[statements.indexOf(statement)] as { id: Id<'crd'> }[]) : []
      const told: EventId[] = [events.approved.id]
      if (retirement) told.push(retirement.event.id)
      const isIssued = rowsOf(issue).length > 0
      if (isIssued) told.push(events.issued.id)
      for (const id of told) ctx.announce(id)
      for (const { id } of rowsOf(linking[0])) ctx.forgetCredential(id)
      return isIssued ? credential.id : null
    },
  }
}

/** A key of `credentials c` that the gateway takes now. */
export function works(ctx: DomainContext): SQL {
  return sql`(c.state in ('active', 'retiring') and (c.expires_at is null or c.expires_at > ${ctx.now})
    and (c.retires_at is null or c.retires_at > ${ctx.now}))`
}

/** A key of `credentials c` may also serve a request of this app, catalog, plan and type: it serves one like that already. */
export function mayServe(
  ctx: DomainContext,
  like: { appId: SQL; catalogId: SQL; planId: SQL; type: SQL },
): SQL {
  return sql`(c.state = 'active' and ${works(ctx)} and c.app_id = ${like.appId} and c.type = ${like.type}
    and exists (select 1 from credential_requests q join access_requests s on s.id = q.request_id and s.state = 'approved'
      where q.credential_id = c.id and s.catalog_id = ${like.catalogId} and s.plan_id = ${like.planId}))`
}

function linkKeys(
  ctx: DomainContext,
  { requestId, changes, wantedCredentialId }: Approval,
  decided: SQL,
): BatchItem<'sqlite'>[] {
  if (!changes && !wantedCredentialId) return []
  const fitting = changes
    ? sql`${works(ctx)} and c.id in (select credential_id from credential_requests where request_id = ${changes.id})`
    : sql`c.id = ${wantedCredentialId} and ${mayServe(ctx, {
        appId: sql`r.app_id`,
        catalogId: sql`r.catalog_id`,
        planId: sql`r.plan_id`,
        type: sql`r.credential_type`,
      })}`
  const link = ctx.db
    .insert(credentialRequests)
    .select(
      sql`select c.id as credential_id, r.id as request_id from access_requests r join credentials c on ${fitting}
        where r.id = ${requestId} and ${decided}`,
    )
    .returning({ id: credentialRequests.credentialId })
  if (!changes) return [link]
  // A plan whose keys live shorter ends this one sooner; no change of plan lets a key live longer.
  const lifetime = sql`(select ${ctx.now} + r.key_lifetime_days * ${dayMs} from access_requests r where r.id = ${requestId})`
  return [
    link,
    ctx.db
      .update(credentials)
      .set({ expiresAt: sql`min(coalesce(${credentials.expiresAt}, ${lifetime}), ${lifetime})` })
      .where(
        and(
          sql`${credentials.id} in (select credential_id from credential_requests where request_id = ${requestId})`,
          sql`${lifetime} is not null`,
          decided,
        ),
      ),
  ]
}

/** The access whose plan is changed ends, and its products are free under the old plan. */
function retire(
  ctx: DomainContext,
  decisionId: string,
  { requestId, names, organizationId, appId }: Approval,
  changes: { id: Id<'req'>; planName: string },
) {
  const retired = sql`exists (select 1 from access_requests where id = ${changes.id} and replaced_by_id = ${requestId} and decision_id = ${decisionId})`
  const event = recordEvent(
    ctx,
    {
      type: 'access_request.retired',
      subjectType: 'access_request',
      subjectId: changes.id,
      organizationId,
      appId,
      data: requestEventData({ ...names, planName: changes.planName }, { planAfter: names.planName }),
    },
    retired,
  )
  return {
    event,
    statements: [
      ctx.db
        .update(accessRequests)
        .set({
          state: 'revoked',
          replacedById: requestId,
          decisionId,
          decidedById: ctx.actor.type === 'admin' ? ctx.actor.userId : null,
          decidedAt: ctx.now,
        })
        .where(
          and(
            eq(accessRequests.id, changes.id),
            eq(accessRequests.state, 'approved'),
            sql`exists (select 1 from access_requests r where r.id = ${requestId} and r.decision_id = ${decisionId} and r.state = 'approved')`,
          ),
        ),
      ctx.db
        .update(accessRequestProducts)
        .set({ live: false })
        .where(and(eq(accessRequestProducts.requestId, changes.id), retired)),
    ],
  }
}
