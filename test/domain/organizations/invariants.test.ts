// What the database itself refuses, whoever writes: each rule is tried with plain SQL, past every command.
import { sql } from 'drizzle-orm'
import { beforeAll, expect, test } from 'vitest'
import type { DeveloperActor } from '~/domain/kernel/actor'
import { deleteOrganization } from '~/domain/organizations/delete-organization.server'
import { moveDeveloper } from '~/domain/organizations/move-developer.server'
import { setTeamMembers } from '~/domain/organizations/set-team-members.server'
import { contextFor, db } from '~test/support/context'
import * as world from '~test/support/world'

type Place = Awaited<ReturnType<typeof world.organization>> & { member: DeveloperActor }

let here: Place
let there: Place

beforeAll(async () => {
  const place = async () => {
    const organization = await world.organization()
    return { ...organization, member: await world.developer({ organizationId: organization.id }) }
  }
  here = await place()
  there = await place()
})

const broken = (query: ReturnType<typeof sql>) => expect(db.run(query)).rejects.toThrow()

test('a developer is in exactly one organization, and an admin in none', async () => {
  const { userId } = here.member
  await broken(sql`update users set organization_id = null where id = ${userId}`)
  await broken(sql`update users set org_role = null where id = ${userId}`)
  await broken(sql`update users set organization_id = 'org_unknown' where id = ${userId}`)
  const admin = await world.admin()
  await broken(
    sql`update users set organization_id = ${here.id}, org_role = 'super_admin' where id = ${admin.userId}`,
  )
})

test('nobody is in a team of another organization, however it is written', async () => {
  const { userId } = here.member
  const insert = (organizationId: string) =>
    sql`insert into team_members (team_id, user_id, organization_id, created_at)
      values (${there.allUsersId}, ${userId}, ${organizationId}, 1)`
  await broken(insert(here.id))
  await broken(insert(there.id))
  // Nor does a membership survive that its person moves away.
  await broken(sql`update users set organization_id = ${there.id} where id = ${userId}`)
})

test('an app is shared with a team of its own organization only', async () => {
  const app = await world.app(here.member)
  await broken(sql`update apps set visibility = 'team', team_id = ${there.allUsersId} where id = ${app.id}`)
  await broken(sql`update apps set visibility = 'team' where id = ${app.id}`)
})

test('the default organization and every default team stay, and there is one of each', async () => {
  await broken(sql`delete from teams where id = ${here.allUsersId}`)
  await broken(sql`update teams set is_default = 0 where id = ${here.allUsersId}`)
  await broken(sql`delete from organizations where id = 'org_default'`)
  await broken(sql`update organizations set is_default = 0 where id = 'org_default'`)
  await broken(sql`update organizations set state = 'suspended' where id = 'org_default'`)
  await broken(sql`update organizations set is_default = 1 where id = ${here.id}`)
  const { id } = await world.team(here.id)
  await broken(sql`update teams set is_default = 1 where id = ${id}`)
})

test('names are unique by their key; a rejected one is free again', async () => {
  const insert = (id: string, state: string) =>
    sql`insert into organizations (id, name, name_key, state, is_default, created_at)
      select ${id}, upper(name), name_key, ${state}, 0, 1 from organizations where id = ${here.id}`
  await broken(insert('org_twice', 'active'))
  await broken(insert('org_twice', 'pending'))
  await db.run(insert('org_twice', 'rejected'))
  await broken(sql`update organizations set state = 'pending' where id = 'org_twice'`)
  await broken(sql`insert into teams (id, organization_id, name, name_key, is_default, created_at)
    select 'team_twice', organization_id, upper(name), name_key, 0, 1 from teams where id = ${here.allUsersId}`)
})

test('one developer has one open request for an organization', async () => {
  const { userId } = await world.developer()
  await world.organization({ state: 'pending', requestedById: userId })
  await expect(world.organization({ state: 'pending', requestedById: userId })).rejects.toThrow()
})

/** Sizes that are kept, and where they differ from what a count says. */
function wrongSizes() {
  return db.all(sql`select s.organization_id as id from organization_sizes s
      where s.members <> (select count(*) from users u where u.organization_id = s.organization_id)
        or s.teams <> (select count(*) from teams t where t.organization_id = s.organization_id)
        or s.apps <> (select count(*) from apps a where a.organization_id = s.organization_id)
    union all select s.team_id from team_sizes s
      where s.members <> (select count(*) from team_members m where m.team_id = s.team_id)
    union all select o.id from organizations o where not exists (select 1 from organization_sizes s where s.organization_id = o.id)
    union all select t.id from teams t where not exists (select 1 from team_sizes s where s.team_id = t.id)`)
}

test('the sizes that lists show are what a count says, after forty at once move, join, leave and delete', async () => {
  const ctx = contextFor(await world.admin())
  const places = await Promise.all(Array.from({ length: 4 }, () => world.organization()))
  const [first] = places
  if (!first) throw new Error('no place')
  const team = await world.team(first.id)
  const people: DeveloperActor[] = []
  for (let n = 0; n < 20; n += 1) {
    const person = await world.developer({ organizationId: first.id })
    await world.app(person)
    people.push(person)
  }
  const answers = await Promise.all(
    people.flatMap((person, n) => [
      moveDeveloper(ctx, person.userId, {
        organizationId: places[1 + (n % 3)]?.id ?? 'org_unknown',
        orgRole: 'team_member',
        apps: 'organization',
      }),
      n === 10
        ? deleteOrganization(ctx, places[3]?.id ?? 'org_unknown', { confirmation: places[3]?.name ?? '' })
        : setTeamMembers(ctx, team.id, { add: [person.userId], remove: [] }),
    ]),
  )
  expect(answers.filter((answer) => answer.ok).length).toBeGreaterThan(15)
  await db.run(
    sql`delete from users where id = ${people[0]?.userId} and not exists (select 1 from apps where owner_id = users.id)`,
  )
  expect(await wrongSizes()).toEqual([])
})
