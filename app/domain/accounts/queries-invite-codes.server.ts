// What admins read about invite codes, and the teams that a new one can lead to.
import { and, desc, eq, type SQL, sql } from 'drizzle-orm'
import type { AdminActor } from '~/domain/kernel/actor'
import type { DomainContext } from '~/domain/kernel/context'
import { NotFoundError } from '~/domain/kernel/errors'
import type { Id } from '~/domain/kernel/ids'
import { type Page, type PageRequest, toPage } from '~/domain/kernel/page'
import { nameKey } from '~/domain/kernel/text'
import { named } from '~db/columns'
import { keyset } from '~db/keyset'
import { inviteCodes, organizations, teams, users } from '~db/schema'
import { type InviteCodeState, inviteCodeState } from './invite-code'

export type InviteCodeList = { search: string; state: InviteCodeState | null; page: PageRequest }

const columns = {
  id: named(inviteCodes.id, 'code_id'),
  code: inviteCodes.code,
  maxUses: inviteCodes.maxUses,
  uses: inviteCodes.uses,
  expiresAt: inviteCodes.expiresAt,
  active: inviteCodes.active,
  createdAt: named(inviteCodes.createdAt, 'code_created_at'),
  teamId: named(teams.id, 'team_id'),
  teamName: named(teams.name, 'team_name'),
  organizationId: named(organizations.id, 'organization_id'),
  organizationName: named(organizations.name, 'organization_name'),
  organizationState: named(organizations.state, 'organization_state'),
}

/** Newest first. `search` looks in codes, teams and organizations; a portal has few codes, so it reads them all. */
export async function listInviteCodes(
  ctx: DomainContext<AdminActor>,
  { search, state, page }: InviteCodeList,
): Promise<Page<InviteCodeRow>> {
  const { after, order } = keyset(page, inviteCodes.createdAt, inviteCodes.id)
  const needle = nameKey(search)
  const rows = await codeRows(ctx)
    .where(
      and(
        needle
          ? sql`(instr(${inviteCodes.codeKey}, ${needle}) > 0 or instr(${teams.nameKey}, ${needle}) > 0 or instr(${organizations.nameKey}, ${needle}) > 0)`
          : undefined,
        state ? inState(state, ctx.now) : undefined,
        after,
      ),
    )
    .orderBy(...order)
    .limit(page.size + 1)
  const shown = rows.map((row) => ({ ...row, state: inviteCodeState(row, ctx.now) }))
  return toPage(shown, page, (row) => ({ key: row.createdAt, id: row.id }))
}

export type InviteCodeRow = Awaited<ReturnType<typeof codeRows>>[number] & { state: InviteCodeState }

function codeRows(ctx: DomainContext<AdminActor>) {
  return ctx.db
    .select(columns)
    .from(inviteCodes)
    .innerJoin(teams, eq(teams.id, inviteCodes.teamId))
    .innerJoin(organizations, eq(organizations.id, inviteCodes.organizationId))
    .$dynamic()
}

/** The same rules as `inviteCodeState`. */
function inState(state: InviteCodeState, now: number): SQL {
  const { active, expiresAt, uses, maxUses } = inviteCodes
  const lasts = sql`(${expiresAt} is null or ${expiresAt} > ${now})`
  switch (state) {
    case 'inactive':
      return sql`${active} = 0`
    case 'expired':
      return sql`${active} = 1 and not ${lasts}`
    case 'used_up':
      return sql`${active} = 1 and ${lasts} and ${uses} >= ${maxUses}`
    case 'usable':
      return sql`${active} = 1 and ${lasts} and ${uses} < ${maxUses}`
  }
}

/** Throws NotFoundError. */
export async function getInviteCode(ctx: DomainContext<AdminActor>, codeId: Id<'code'>) {
  const [row] = await ctx.db
    .select({
      ...columns,
      createdBy: sql<
        string | null
      >`(select trim(${users.firstName} || ' ' || ${users.lastName}) from ${users} where ${users.id} = ${inviteCodes.createdById})`,
    })
    .from(inviteCodes)
    .innerJoin(teams, eq(teams.id, inviteCodes.teamId))
    .innerJoin(organizations, eq(organizations.id, inviteCodes.organizationId))
    .where(eq(inviteCodes.id, codeId))
  if (!row) throw new NotFoundError(`invite code ${codeId}`)
  return { ...row, state: inviteCodeState(row, ctx.now) }
}

/** As many as a select can hold well; beyond that one searches. */
const maxTeams = 50

/** Teams of active organizations, by organization: the newest few, or those that `search` finds by either name. */
export async function listTeamChoices(ctx: DomainContext<AdminActor>, search: string) {
  const needle = nameKey(search)
  const rows = await ctx.db
    .select({ id: teams.id, name: teams.name, organizationName: organizations.name })
    .from(teams)
    .innerJoin(organizations, eq(organizations.id, teams.organizationId))
    .where(
      and(
        eq(organizations.state, 'active'),
        needle
          ? sql`(instr(${teams.nameKey}, ${needle}) > 0 or instr(${organizations.nameKey}, ${needle}) > 0)`
          : undefined,
      ),
    )
    .orderBy(desc(teams.createdAt), desc(teams.id))
    .limit(maxTeams + 1)
  const shown = rows.slice(0, maxTeams)
  shown.sort((one, two) => order(one).localeCompare(order(two), 'en'))
  return { teams: shown, more: rows.length > maxTeams }
}

function order({ organizationName, name }: { organizationName: string; name: string }): string {
  return `${organizationName}\n${name}`
}
