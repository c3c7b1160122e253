// The list of an organization's users: members and invitations, newest first. Invitations that are held stand among them.
import { sql } from 'drizzle-orm'
import type { OrgRole } from '~/domain/accounts/account'
import type { DeveloperActor } from '~/domain/kernel/actor'
import type { DomainContext } from '~/domain/kernel/context'
import type { UserId } from '~/domain/kernel/ids'
import { decodeCursor, type Page, type PageRequest, toPage } from '~/domain/kernel/page'

export type MemberRow = {
  id: UserId
  name: string
  email: string
  state: 'active' | 'invited' | 'deactivated'
  orgRole: OrgRole
  teams: string[]
  createdAt: number
  /** When the invitation of somebody who has not accepted ends; null when none is open. */
  expiresAt: number | null
}

/** Nobody in the default organization: strangers do not see each other. `search` looks in names and addresses. */
export async function listMembers(
  ctx: DomainContext<DeveloperActor>,
  { search, page }: { search: string; page: PageRequest },
): Promise<Page<MemberRow>> {
  const { actor } = ctx
  if (actor.inDefaultOrganization) return toPage<MemberRow>([], page, () => ({ key: 0, id: '' }))
  const cursor = decodeCursor(page.cursor)
  const forward = page.direction === 'next'
  const order = forward ? sql`created_at desc, id desc` : sql`created_at, id`
  const beyond = !cursor
    ? sql`1`
    : forward
      ? sql`(created_at, id) < (${cursor.key}, ${cursor.id})`
      : sql`(created_at, id) > (${cursor.key}, ${cursor.id})`
  const needle = search.trim().toLowerCase()
  const matches = needle
    ? sql`(instr(lower(first_name || ' ' || last_name), ${needle}) > 0 or instr(lower(email), ${needle}) > 0)`
    : sql`1`
  const teamNames = (ids: ReturnType<typeof sql>) =>
    sql`(select json_group_array(name) from (select t.name as name from teams t where t.is_default = 0
      and t.organization_id = ${actor.organizationId} and t.id in ${ids} order by t.name_key))`
  const limit = page.size + 1
  const rows = await ctx.db.all<Omit<MemberRow, 'teams'> & { teams: string }>(sql`
    select id, trim(first_name || ' ' || last_name) as name, email, state, org_role as "orgRole", created_at as "createdAt",
      expires_at as "expiresAt", teams
    from (
      select * from (
        select u.id, u.first_name, u.last_name, u.email, u.state, u.org_role, u.created_at,
          case when u.state = 'invited' then (select i.expires_at from invitations i where i.user_id = u.id and i.state = 'open') end as expires_at,
          ${teamNames(sql`(select m.team_id from team_members m where m.user_id = u.id)`)} as teams
        from users u where u.organization_id = ${actor.organizationId} and u.state in ('active', 'invited', 'deactivated')
          and ${matches} and ${beyond} order by ${order} limit ${limit})
      union all
      select * from (
        select h.id, h.first_name, h.last_name, h.email, 'invited' as state, h.org_role, h.created_at, h.expires_at,
          ${teamNames(sql`(select value from json_each(h.team_ids))`)} as teams
        from held_invitations h where h.organization_id = ${actor.organizationId} and ${matches} and ${beyond}
        order by ${order} limit ${limit})
    ) order by ${order} limit ${limit}`)
  const read = rows.map((row) => ({ ...row, teams: JSON.parse(row.teams) as string[] }))
  return toPage(read, page, (row) => ({ key: row.createdAt, id: row.id }))
}
