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
  const { team: shown } = await getOwnTeam(contextFor(boss), team.id, '')
  expect(shown).toMatchObject({ memberCount: 1, sharedApps: 1, catalogs: 0 })
  expect(await findMemberToRemove(contextFor(boss), member.userId)).toMatchObject({ apps: 2 })
})
