import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { updateApp } from '~/domain/apps/update-app.server'
import { editApi } from '~/domain/catalog/edit-api.server'
import { editGateway } from '~/domain/gateway/edit-gateway.server'
import { type EventType, eventTypes } from '~/domain/kernel/events'
import { webhookBody } from '~/domain/notifications/webhook-payload'
import { events } from '~db/schema'
import { contextFor, db } from '~test/support/context'
import { done } from '~test/support/documents'
import { canary, changes, told } from '~test/support/edits'
import { offerEdits } from '~test/support/edits-offer'
import { peopleEdits } from '~test/support/edits-people'
import { gateway } from '~test/support/external-gateways'
import * as world from '~test/support/world'

const ctx = async () => contextFor(await world.admin())
const edits = { ...offerEdits, ...peopleEdits }

/** They tell of a change in another way: by lists, by both texts of a mail, by the sentence, or of a key's limits (own tests). */
const toldOtherwise: EventType[] = [
  ...([
    'user.email_changed',
    'user.password_changed',
    'user.two_factor_changed',
    'user.factor_changed',
  ] as const),
  ...(['settings.email_changed', 'team.members_changed', 'credential.limits_changed'] as const),
]

test('every kind of edit is in the table', () => {
  const known = [...Object.keys(edits), ...toldOtherwise]
  const all = eventTypes.filter((type) => /(changed|renamed|moved|transferred|imported)$/.test(type))
  expect(all.filter((type) => type !== 'member.removed' && !known.includes(type))).toEqual([])
})

test.each(Object.entries(edits))(
  '%s tells each field that changed, from what to what, and no other',
  async (type, { run, expected }) => {
    const subjectId = await run()
    expect(await changes(type as EventType, subjectId)).toEqual(expected)
    const rows = await db.select().from(events).where(eq(events.subjectId, subjectId))
    expect(JSON.stringify(rows.map((row) => row.data))).not.toContain(canary)
  },
)

test('of edits at once each tells what the one before it left', async () => {
  const { id, apiId } = await world.product([])
  const input = { slug: 'main', version: '1.0.0', upstreamUrl: null, accepts: ['api_key' as const] }
  const context = await ctx()
  await Promise.all(
    Array.from({ length: 12 }, (_, at) => editApi(context, id, apiId, { ...input, name: `Name ${at}` })),
  )
  const rows = await db.select().from(events).where(eq(events.subjectId, apiId)).orderBy(events.id)
  const steps = rows.map(({ data }) => [data['nameBefore'], data['name']])
  // Each name is left once and arrived at once: a chain without a gap.
  expect(new Set(steps.map(([from]) => from)).size).toBe(12)
  expect(steps.map(([from]) => from)).toContain('Main API')
})

test('webhooks are told of an edit by its public fields alone', async () => {
  const { id, host } = await gateway()
  const input = { name: 'Renamed', baseUrl: `https://${host}`, publicUrl: 'https://other.example' }
  done(
    await editGateway(await ctx(), id, { ...input, externalOrgId: 'org-private', headerName: 'X-Private' }),
  )
  const owner = await world.superAdmin()
  const app = await world.app(owner, { name: 'Old', description: 'private words' })
  const changed = {
    name: 'New',
    description: 'new private words',
    redirectUrls: ['https://private.example/'],
  }
  done(await updateApp(contextFor(owner), app.id, { ...changed, visibility: 'organization', teamId: null }))
  const body = webhookBody(await told('gateway.changed', id), 'portal')
  expect(body).not.toMatch(/private|other\.example|Before/i)
  const ofApp = webhookBody(await told('app.changed', app.id), 'organization')
  expect(ofApp).toContain('"name":"New","nameBefore":"Old"')
  expect(ofApp).not.toMatch(/private/)
})
