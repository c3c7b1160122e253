// What admins read about organizations.
import { and, desc, eq, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/sqlite-core'
import type { AdminActor } from '~/domain/kernel/actor'
import type { DomainContext } from '~/domain/kernel/context'
import { NotFoundError } from '~/domain/kernel/errors'
import type { OrganizationId } from '~/domain/kernel/ids'
import { nameKey } from '~/domain/kernel/text'
import { named, namedOrNull } from '~db/columns'
import { apps, events, organizationSizes, organizations, teamSizes, teams, users } from '~db/schema'
import { decider, deciderName, isDecider } from './decider.server'

/** As many as a select can hold well; beyond that one searches. */
const maxChoices = 100

type Choice = { search: string; chosen: OrganizationId | null }

/** Organizations to choose from, by name, and the teams of the chosen one (the default organization unless it exists). */
export async function listOrganizationChoices(ctx: DomainContext<AdminActor>, choice: Choice) {
  const [chosen, rows, teamRows] = await ctx.db.batch(choiceStatements(ctx, choice))
  return choicesOf(chosen, rows, teamRows)
}

/** For the batch of a page that shows more than the choice. */
export function choiceStatements(ctx: DomainContext<AdminActor>, choice: Choice) {
  const needle = nameKey(choice.search)
  const chosen = sql<OrganizationId>`coalesce((select o.id from organizations o where o.id = ${choice.chosen} and o.state in ('active', 'suspended')), 'org_default')`
  return [
    ctx.db
      .select({ id: organizations.id, name: organizations.name })
      .from(organizations)
      .where(sql`${organizations.id} = ${chosen}`),
    ctx.db
      .select({ id: organizations.id, name: organizations.name })
      .from(organizations)
      .where(
        and(
          // The plus keeps the order on the index of names, however many organizations there are.
          sql`+${organizations.state} in ('active', 'suspended')`,
          needle ? sql`instr(${organizations.nameKey}, ${needle}) > 0` : undefined,
        ),
      )
      .orderBy(organizations.nameKey, organizations.id)
      .limit(maxChoices + 1),
    ctx.db
      .select({ id: teams.id, name: teams.name, isDefault: teams.isDefault })
      .from(teams)
      .where(sql`${teams.organizationId} = ${chosen}`)
      .orderBy(desc(teams.isDefault), teams.nameKey)
      .limit(200),
  ] as const
}

type Named = { id: OrganizationId; name: string }

/** The chosen one is always among them, and comes first. */
export function choicesOf<T>(chosenRows: Named[], rows: Named[], teamRows: T[]) {
  const chosen = chosenRows[0] ?? null
  const others = rows.slice(0, maxChoices).filter((row) => row.id !== chosen?.id)
  return {
    organizations: chosen ? [chosen, ...others] : others,
    more: rows.length > maxChoices,
    chosen,
    teams: teamRows,
  }
}

/** As many members, teams and apps as an organization's page shows, and as much of what happened. */
const shown = 10
const maxEvents = 20

/** One organization with what is in it and what happened. Throws NotFoundError. */
export async function getOrganization(ctx: DomainContext<AdminActor>, organizationId: OrganizationId) {
  const requester = alias(users, 'requester')
  const { db } = ctx
  const [rows, teamRows, memberRows, appRows, eventRows] = await db.batch([
    db
      .select({
        id: named(organizations.id, 'organization_id'),
        name: named(organizations.name, 'organization_name'),
        state: named(organizations.state, 'organization_state'),
        isDefault: organizations.isDefault,
        createdAt: named(organizations.createdAt, 'organization_created_at'),
        suspendedAt: organizations.suspendedAt,
        frozenAt: named(organizations.frozenAt, 'organization_frozen_at'),
        rejectionReason: organizations.rejectionReason,
        requesterId: namedOrNull(requester.id, 'requester_id'),
        requesterName: sql<string | null>`trim(${requester.firstName} || ' ' || ${requester.lastName})`.as(
          'requester_name',
        ),
        decidedAt: named(organizations.decidedAt, 'organization_decided_at'),
        decidedBy: deciderName.as('decider_name'),
        members: organizationSizes.members,
        teams: organizationSizes.teams,
        apps: organizationSizes.apps,
      })
      .from(organizations)
      .innerJoin(organizationSizes, eq(organizationSizes.organizationId, organizations.id))
      .leftJoin(requester, eq(requester.id, organizations.requestedById))
      .leftJoin(decider, isDecider)
      .where(eq(organizations.id, organizationId)),
    db
      .select({
        id: named(teams.id, 'team_id'),
        name: teams.name,
        isDefault: teams.isDefault,
        members: teamSizes.members,
      })
      .from(teams)
      .innerJoin(teamSizes, eq(teamSizes.teamId, teams.id))
      .where(eq(teams.organizationId, organizationId))
      .orderBy(desc(teams.createdAt), desc(teams.id))
      .limit(shown),
    db
      .select({
        id: users.id,
        name: sql<string>`trim(${users.firstName} || ' ' || ${users.lastName})`.as('name'),
        email: users.email,
        state: users.state,
        orgRole: users.orgRole,
        createdAt: users.createdAt,
      })
      .from(users)
      .where(eq(users.organizationId, organizationId))
      .orderBy(desc(users.createdAt), desc(users.id))
      .limit(shown),
    db
      .select({
        id: named(apps.id, 'app_id'),
        name: apps.name,
        visibility: apps.visibility,
        ownerName: sql<string>`trim(${users.firstName} || ' ' || ${users.lastName})`.as('owner_name'),
        createdAt: named(apps.createdAt, 'app_created_at'),
      })
      .from(apps)
      .innerJoin(users, eq(users.id, apps.ownerId))
      .where(eq(apps.organizationId, organizationId))
      .orderBy(desc(apps.createdAt), desc(apps.id))
      .limit(shown),
    db
      .select({
        id: events.id,
        type: events.type,
        actorLabel: events.actorLabel,
        data: events.data,
        createdAt: events.createdAt,
      })
      .from(events)
      .where(eq(events.organizationId, organizationId))
      .orderBy(desc(events.createdAt), desc(events.id))
      .limit(maxEvents),
  ])
  const organization = rows[0]
  if (!organization) throw new NotFoundError(`organization ${organizationId}`)
  return { ...organization, teamList: teamRows, memberList: memberRows, appList: appRows, events: eventRows }
}

export type OrganizationPage = Omit<Awaited<ReturnType<typeof getOrganization>>, 'events'>

/** The head of the forms about an organization. Throws NotFoundError. */
export async function getOrganizationFacts(ctx: DomainContext<AdminActor>, organizationId: OrganizationId) {
  const [organization] = await ctx.db
    .select({
      id: organizations.id,
      name: organizations.name,
      state: organizations.state,
      isDefault: organizations.isDefault,
      requesterName: sql<string | null>`trim(${users.firstName} || ' ' || ${users.lastName})`,
    })
    .from(organizations)
    .leftJoin(users, eq(users.id, organizations.requestedById))
    .where(eq(organizations.id, organizationId))
  if (!organization) throw new NotFoundError(`organization ${organizationId}`)
  return organization
}
