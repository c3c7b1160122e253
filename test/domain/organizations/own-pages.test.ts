import { expect, test } from 'vitest'
import { findMemberToRemove } from '~/domain/apps/queries-removal.server'
import { getOwnOrganization, getOwnTeam } from '~/domain/organizations/queries-own.server'
import { contextFor } from '~test/support/context'
import * as world from '~test/support/world'

test('an organization’s own pages count the people and the apps of each team, and the apps of whom one removes', async () => {
  const { id: organizationId } = await world.organization()
  const team = await world.team(organizationId)
  const boss = await world.superAdmin({ organizationId })
  const member = await world.developer({ organizationId, teamIds: [team.id] })
  await world.developer({ organizationId, row: { state: 'invited', passwordHash: null } })
  await world.app(member, { visibility: 'team', teamId: team.id })
  await world.app(member)

  const { teams } = await getOwnOrganization(contextFor(boss))
  expect(teams.map(({ isDefault, memberCount }) => [isDefault, memberCount])).toEqual([
    [true, 2],
    [false, 1],
  ])
  const { team: shown } = await getOwnTeam(contextFor(boss), team.id)
  expect(shown).toMatchObject({ memberCount: 1, sharedApps: 1, catalogs: 0 })
  expect(await findMemberToRemove(contextFor(boss), member.userId)).toMatchObject({ apps: 2 })
})

test('a team’s people are paged and searched: nobody is left out of a large one', async () => {
  const { id: organizationId } = await world.organization()
  const team = await world.team(organizationId)
  const boss = await world.superAdmin({ organizationId })
  const inside = []
  for (let n = 0; n < 5; n += 1)
    inside.push(
      await world.developer({ organizationId, teamIds: [team.id], row: { lastName: `Number ${n}` } }),
    )
  const ctx = contextFor(boss)
  const page = (cursor: string | null, direction: 'next' | 'previous' = 'next') =>
    getOwnTeam(ctx, team.id, { search: '', page: { cursor, direction, size: 2 } })
  const names: string[] = []
  const first = await page(null)
  for (let at = first; ; at = await page(at.members.next)) {
    names.push(...at.members.rows.map((row) => row.name))
    if (!at.members.next) break
  }
  expect(names, 'newest first').toEqual(inside.map((one) => one.name).reverse())
  const second = await page(first.members.next)
  expect((await page(second.members.previous, 'previous')).members.rows).toEqual(first.members.rows)
  const found = await getOwnTeam(ctx, team.id, {
    search: 'number 3',
    page: { cursor: null, direction: 'next', size: 2 },
  })
  expect(found.members.rows.map((row) => row.name)).toEqual([inside[3]?.name])
  expect(found.others).toEqual([])
})
