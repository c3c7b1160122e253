// Each other kind of edit, with what its event tells.
import { expect } from 'vitest'
import { createInviteCode } from '~/domain/accounts/create-invite-code.server'
import { deactivateInviteCode } from '~/domain/accounts/deactivate-invite-code.server'
import { editInviteCode } from '~/domain/accounts/edit-invite-code.server'
import { updateProfile } from '~/domain/accounts/update-profile.server'
import { transferApp } from '~/domain/apps/transfer-app.server'
import { updateApp } from '~/domain/apps/update-app.server'
import { editWebhook } from '~/domain/notifications/edit-webhook.server'
import { editMember } from '~/domain/organizations/edit-member.server'
import { moveDeveloper } from '~/domain/organizations/move-developer.server'
import { renameOrganization } from '~/domain/organizations/rename-organization.server'
import { renameTeam } from '~/domain/organizations/rename-team.server'
import { getSettings } from '~/domain/settings/queries.server'
import { updateGeneralSettings } from '~/domain/settings/update-general-settings.server'
import { contextFor } from './context'
import { done } from './documents'
import { canary, changes, type Edits } from './edits'
import { webhook } from './webhooks'
import * as world from './world'

const gone = '2026-12-31T23:59:59.999Z'
const ctx = async () => contextFor(await world.admin())

export const peopleEdits: Edits = {
  'user.changed': {
    run: async () => {
      const { id } = await world.organization()
      const [red, blue] = [await world.team(id, `Red ${id}`), await world.team(id, `Blue ${id}`)]
      const person = await world.developer({ organizationId: id, teamIds: [red.id] })
      const named = { firstName: 'Ada', lastName: 'Lane' }
      done(await updateProfile(contextFor(person), { ...named, lastName: 'Stone' }))
      expect(await changes('user.changed', person.userId)).toEqual([`Name: ${person.name} → Ada Stone`])
      const member = { ...named, orgRole: 'team_member' as const, teamIds: [blue.id] }
      done(await editMember(await ctx(), person.userId, member))
      expect((await changes('user.changed', person.userId))[1]).toBe(`Teams: Red ${id} → Blue ${id}`)
      done(await editMember(await ctx(), person.userId, { ...member, firstName: 'Eve' }))
      return person.userId
    },
    expected: ['Name: Ada Lane → Eve Lane'],
  },
  'member.role_changed': {
    run: async () => {
      const person = await world.developer({ organizationId: (await world.organization()).id })
      const input = { firstName: 'Ada', lastName: 'Lane', orgRole: 'super_admin' as const, teamIds: [] }
      done(await editMember(await ctx(), person.userId, input))
      return person.userId
    },
    expected: ['Role: team_member → super_admin'],
  },
  'member.moved': {
    run: async () => {
      const from = await world.organization({ name: 'Old place' })
      const to = await world.organization({ name: 'New place' })
      const person = await world.developer({ organizationId: from.id })
      const input = { organizationId: to.id, orgRole: 'team_member', apps: 'personal' } as const
      done(await moveDeveloper(await ctx(), person.userId, input))
      return person.userId
    },
    expected: ['Organization: Old place → New place'],
  },
  'organization.renamed': {
    run: async () => {
      const { id } = await world.organization({ name: 'Old Ltd' })
      done(await renameOrganization(await ctx(), id, { name: 'New Ltd' }))
      return id
    },
    expected: ['Name: Old Ltd → New Ltd'],
  },
  'team.renamed': {
    run: async () => {
      const { id } = await world.team((await world.organization()).id, 'Old team')
      done(await renameTeam(await ctx(), id, { name: 'New team' }))
      return id
    },
    expected: ['Name: Old team → New team'],
  },
  'invite_code.changed': {
    run: async () => {
      const team = await world.team((await world.organization()).id)
      const input = { teamId: team.id, maxUses: 5, expiresAt: null }
      const { codeId } = done(await createInviteCode(await ctx(), input))
      done(await deactivateInviteCode(await ctx(), codeId))
      expect(await changes('invite_code.changed', codeId)).toEqual(['Active: yes → no'])
      done(await editInviteCode(await ctx(), codeId, { maxUses: 7, expiresAt: Date.parse(gone) + 4e11 }))
      return codeId
    },
    expected: ['Uses: 5 → 7', `Expires at: none → ${new Date(Date.parse(gone) + 4e11).toISOString()}`],
  },
  'settings.changed': {
    run: async () => {
      const context = await ctx()
      await world.setSettings({ portalName: 'Old portal' })
      const before = await getSettings(context)
      done(await updateGeneralSettings(context, { ...before, portalName: 'New portal' }))
      await world.setSettings({ portalName: before.portalName })
      return 'general'
    },
    expected: ['Portal name: Old portal → New portal'],
  },
  'app.changed': {
    run: async () => {
      const { id } = await world.organization()
      const team = await world.team(id, 'Shop team')
      const owner = await world.superAdmin({ organizationId: id, teamIds: [team.id] })
      const app = await world.app(owner, { name: 'Old app', description: 'Sells' })
      const urls = ['https://shop.example/back']
      const input = { name: 'New app', description: 'Sells', redirectUrls: urls }
      done(await updateApp(contextFor(owner), app.id, { ...input, visibility: 'team', teamId: team.id }))
      return app.id
    },
    expected: [
      'Visibility: Organization → Team',
      'Name: Old app → New app',
      'Redirect URLs: none → https://shop.example/back',
      'Team: none → Shop team',
    ],
  },
  'app.transferred': {
    run: async () => {
      const { id } = await world.organization()
      const owner = await world.developer({ organizationId: id, row: { firstName: 'Ada', lastName: 'Lane' } })
      const heir = await world.developer({ organizationId: id, row: { firstName: 'Eve', lastName: 'Moor' } })
      const app = await world.app(owner)
      done(await transferApp(contextFor(owner), app.id, { userId: heir.userId }))
      return app.id
    },
    expected: [expect.stringMatching(/^Owner ID: usr_\w+ → usr_\w+$/), 'Owner: Ada Lane → Eve Moor'],
  },
  'webhook.changed': {
    run: async () => {
      const { id, host } = await webhook({ description: 'Old hook' })
      const input = { description: 'New hook', events: 'all' as const, eventTypes: [] }
      done(await editWebhook(await ctx(), id, { ...input, url: `https://${host}/in?key=${canary}` }))
      expect((await changes('webhook.changed', id))[0]).toBe(
        `Address: https://${host}/in with another query → https://${host}/in`,
      )
      const url = `https://${host}/in?key=${canary}`
      done(
        await editWebhook(await ctx(), id, { ...input, url, events: 'chosen', eventTypes: ['app.created'] }),
      )
      return id
    },
    expected: ['Events: all → app.created'],
  },
}
