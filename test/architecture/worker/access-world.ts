// One world for the authorization matrix: two organizations, and a thing of every kind that an address can name.

import { env } from 'cloudflare:workers'
import { newClientId } from '~/domain/apps/credential-key'
import { createGuide } from '~/domain/catalog/create-guide.server'
import { importApiDocument } from '~/domain/catalog/import-api-document.server'
import type { AdminActor } from '~/domain/kernel/actor'
import { type Id, newId } from '~/domain/kernel/ids'
import { readPortalLogo } from '~/domain/settings/logo'
import { getSettings } from '~/domain/settings/queries.server'
import { setPortalLogo } from '~/domain/settings/set-portal-logo.server'
import { randomToken, sha256Hex } from '~/platform/encoding'
import { contextTools } from '~/platform/scope'
import {
  accessRequestProducts,
  accessRequests,
  credentialRequests,
  credentials,
  deliveries,
  events,
  inviteCodes,
  outboxMails,
  sessions,
} from '~db/schema'
import { apiToken } from '~test/support/api'
import { contextFor, db } from '~test/support/context'
import { gateway } from '~test/support/external-gateways'
import { smallPictures } from '~test/support/pictures'
import { passkey } from '~test/support/second-factors'
import { webhook } from '~test/support/webhooks'
import * as world from '~test/support/world'

export type Role = 'visitor' | 'pending' | 'member' | 'otherSuperAdmin' | 'superAdmin' | 'admin'

export const roles: Role[] = ['visitor', 'pending', 'member', 'otherSuperAdmin', 'superAdmin', 'admin']

const smallDocument = {
  openapi: '3.1.0',
  info: { title: 'Small', version: '1.0.0' },
  paths: {
    '/things': { get: { operationId: 'listThings', responses: { 200: { description: 'All things' } } } },
  },
}

export async function createAccessWorld() {
  const now = Date.now()
  const northwind = await world.organization()
  const people = {
    pending: await world.developer({ row: { state: 'pending' } }),
    member: await world.developer({ organizationId: northwind.id }),
    otherSuperAdmin: await world.superAdmin(),
    superAdmin: await world.superAdmin({ organizationId: northwind.id }),
    admin: await world.admin(),
  }
  const catalog = await world.catalog('custom', { organizationId: northwind.id })
  const plan = await world.plan([catalog.id])
  const logo = new TextEncoder().encode('<svg xmlns="http://www.w3.org/2000/svg"/>')
  const product = await world.product([catalog.id], { logoContentType: 'image/svg+xml', logoData: logo })
  await importApiDocument(contextFor({ type: 'system' }), product.apiId, JSON.stringify(smallDocument))
  const offered = await offeredThings()
  await createGuide(contextFor({ type: 'system' }), product.id, {
    slug: 'start',
    title: 'Start',
    body: 'Text',
    position: 0,
    published: true,
  })
  const app = await world.app(people.member)
  const removable = async () => (await world.developer({ organizationId: northwind.id })).userId
  const invited = async () =>
    (
      await world.developer({
        organizationId: northwind.id,
        row: { state: 'invited', passwordHash: null },
      })
    ).userId

  async function request(state: 'pending' | 'approved') {
    const id = newId('req', now)
    const own = await world.product([catalog.id])
    await db.insert(accessRequests).values({
      id,
      submissionId: id,
      appId: app.id,
      organizationId: northwind.id,
      requesterId: people.member.userId,
      catalogId: catalog.id,
      planId: plan.id,
      credentialType: 'api_key',
      state,
      planName: plan.name,
      createdAt: now,
    })
    await db
      .insert(accessRequestProducts)
      .values({ requestId: id, productId: own.id, appId: app.id, planId: plan.id, live: true })
    return id
  }
  const requests = {
    toApprove: await request('pending'),
    toReject: await request('pending'),
    toWithdraw: await request('pending'),
    toRevoke: await request('approved'),
    approved: await request('approved'),
  }

  async function credential(of: Partial<typeof credentials.$inferInsert> = {}) {
    const id = newId('crd', now)
    const secret = randomToken()
    await db.insert(credentials).values({
      id,
      appId: app.id,
      type: 'api_key',
      state: 'active',
      name: 'Key',
      secretHash: await sha256Hex(secret),
      secretCipher: await contextTools(env, () => now).vault.seal(secret, id),
      hint: secret.slice(-4),
      createdAt: now,
      ...of,
    })
    await db.insert(credentialRequests).values({ credentialId: id, requestId: requests.approved })
    return id
  }

  async function inviteCode() {
    const id = newId('code', now)
    await db.insert(inviteCodes).values({
      id,
      code: id,
      codeKey: id,
      organizationId: northwind.id,
      teamId: northwind.allUsersId,
      maxUses: 5,
      createdAt: now,
    })
    return id
  }

  const sessionToEnd = newId('ses', now)
  await db.insert(sessions).values({
    tokenHash: await sha256Hex(randomToken()),
    id: sessionToEnd,
    userId: people.member.userId,
    createdAt: now,
    lastSeenAt: now,
    idleSeconds: 3600,
    expiresAt: now + 86_400_000,
    authenticatedAt: now,
  })
  const eventId = newId('evt', now)
  const deliveryId = newId('dlv', now)
  const mailId = newId('mail', now)
  await db.insert(events).values({
    id: eventId,
    type: 'user.activated',
    actorType: 'system',
    actorLabel: 'Portico',
    subjectType: 'user',
    subjectId: people.member.userId,
    data: { name: 'Robin', email: people.member.email },
    requestId: 'test',
    createdAt: now,
    plannedAt: now,
  })
  await db.insert(deliveries).values({
    id: deliveryId,
    eventId,
    channel: 'email',
    recipientKey: people.member.userId,
    template: 'user.activated',
    state: 'failed',
    nextAttemptAt: now,
    createdAt: now,
  })
  await db.insert(outboxMails).values({
    id: mailId,
    deliveryId,
    recipient: people.member.email,
    subject: 'Hello',
    html: '<p>Hello</p>',
    text: 'Hello',
    createdAt: now,
  })

  return {
    logoFile: await portalLogo(people.admin),
    people,
    northwind,
    product,
    offered,
    gatewayId: (await gateway()).id,
    portalWebhook: await hook(null, eventId),
    organizationWebhook: await hook(northwind.id, eventId),
    app,
    appToChange: await world.app(people.member),
    requests,
    eventId,
    deliveryId,
    mailId,
    credentialToReveal: await credential(),
    clientToCall: await credential({ type: 'oauth_client', clientId: newClientId() }),
    credentialToRevoke: await credential(),
    credentialToRotate: await credential(),
    team: await world.team(northwind.id),
    teamToDelete: await world.team(northwind.id),
    memberToEdit: await removable(),
    memberToRemove: await removable(),
    invitedMember: await invited(),
    memberToWithdraw: await invited(),
    userToActivate: (await world.developer({ row: { state: 'pending' } })).userId,
    userToDeactivate: (await world.developer()).userId,
    userToDelete: (await world.developer()).userId,
    userToInvite: (await world.developer({ row: { state: 'invited', passwordHash: null } })).userId,
    sessionToEnd,
    codeToChange: await inviteCode(),
    codeToDelete: await inviteCode(),
    teamOfAdmins: await world.team(northwind.id),
    teamToEnd: await world.team(northwind.id),
    organizationToApprove: (await pendingOrganization()).id,
    organizationToReject: (await pendingOrganization()).id,
    organizationToSuspend: (await world.organization()).id,
    passkeyId: await passkey(people.member),
    tokenToRevoke: (await apiToken(people.admin)).tokenId,
    userToReject: (await world.developer({ row: { state: 'pending' } })).userId,
  }
}

/** An endpoint with a delivery that has failed. */
async function hook(organizationId: Id<'org'> | null, eventId: Id<'evt'>) {
  const { id } = await webhook({ organizationId })
  const deliveryId = newId('dlv', Date.now())
  await db.insert(deliveries).values({
    id: deliveryId,
    eventId,
    channel: 'webhook',
    recipientKey: id,
    template: 'user.activated',
    state: 'failed',
    nextAttemptAt: Date.now(),
    createdAt: Date.now(),
  })
  return { id, deliveryId }
}

async function portalLogo(admin: AdminActor): Promise<string> {
  const read = readPortalLogo(smallPictures.png)
  if (!read.ok) throw new Error(read.error.message)
  await setPortalLogo(contextFor(admin), read.value)
  return (await getSettings({ db })).logoFile ?? ''
}

async function pendingOrganization() {
  const requester = await world.developer()
  return world.organization({ state: 'pending', requestedById: requester.userId })
}

/** A catalog, a plan, and a product with a document and a guide, for the pages that change and delete them. */
async function offeredThings() {
  const system = contextFor({ type: 'system' })
  const catalog = await world.catalog('custom')
  const plan = await world.plan([catalog.id])
  const product = await world.product([catalog.id])
  const document = await importApiDocument(system, product.apiId, JSON.stringify(smallDocument))
  const text = { slug: 'start', title: 'Start', body: 'Hello', position: null, published: false }
  const guide = await createGuide(system, product.id, text)
  if (!document.ok || !guide.ok) throw new Error('the world could not be made')
  return {
    catalogId: catalog.id,
    planId: plan.id,
    productId: product.id,
    apiId: product.apiId,
    documentId: document.value.documentId,
    guideId: guide.value.guideId,
  }
}

export type AccessWorld = Awaited<ReturnType<typeof createAccessWorld>>
