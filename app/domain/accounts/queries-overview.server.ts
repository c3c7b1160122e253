// What waits for an admin, for the overview: the oldest registrations, requests for organizations and access requests, and how large the portal is.
// One batch; the counts of what waits come with the viewer.
import { asc, eq, sql } from 'drizzle-orm'
import type { AdminActor } from '~/domain/kernel/actor'
import type { DomainContext } from '~/domain/kernel/context'
import { named } from '~db/columns'
import { accessRequests, apps, organizations, users } from '~db/schema'
import { waitingOrganizations } from './queries-waiting-organizations.server'

const shown = 5

export async function getOverview(ctx: DomainContext<AdminActor>) {
  const monthAgo = ctx.now - 30 * 86_400_000
  const [registrations, organizationRequests, requests, totals] = await ctx.db.batch([
    ctx.db
      .select({
        id: users.id,
        name: sql<string>`trim(${users.firstName} || ' ' || ${users.lastName})`.as('name'),
        email: users.email,
        createdAt: users.createdAt,
      })
      .from(users)
      .where(eq(users.state, 'pending'))
      .orderBy(asc(users.createdAt), asc(users.id))
      .limit(shown),
    waitingOrganizations(ctx, shown),
    ctx.db
      .select({
        id: named(accessRequests.id, 'request_id'),
        planName: accessRequests.planName,
        appName: named(apps.name, 'app_name'),
        organizationName: named(organizations.name, 'organization_name'),
        createdAt: named(accessRequests.createdAt, 'request_created_at'),
      })
      .from(accessRequests)
      .innerJoin(apps, eq(apps.id, accessRequests.appId))
      .innerJoin(organizations, eq(organizations.id, accessRequests.organizationId))
      .where(eq(accessRequests.state, 'pending'))
      .orderBy(asc(accessRequests.createdAt), asc(accessRequests.id))
      .limit(shown),
    ctx.db
      .select({
        developers:
          sql<number>`(select count(*) from users where role = 'developer' and state = 'active')`.as(
            'developers',
          ),
        signUps:
          sql<number>`(select count(*) from users where role = 'developer' and created_at > ${monthAgo})`.as(
            'sign_ups',
          ),
        organizations: sql<number>`(select count(*) from organizations where state = 'active')`.as(
          'organization_count',
        ),
        approvedAccess: sql<number>`(select count(*) from access_requests where state = 'approved')`.as(
          'approved_access',
        ),
        failedDeliveries: sql<number>`(select count(*) from deliveries where state in ('failed', 'dead')
          and created_at > ${monthAgo} and cancelled_at is null)`.as('failed_deliveries'),
      })
      .from(sql`(select 1)`),
  ])
  const none = { developers: 0, signUps: 0, organizations: 0, approvedAccess: 0, failedDeliveries: 0 }
  return { registrations, organizationRequests, requests, totals: totals[0] ?? none }
}
