// One call of every operation that succeeds, each about things of its own: tests of what all operations have in common
// walk the table, and an operation without a call here fails.
import { eq } from 'drizzle-orm'
import { freezeApp } from '~/domain/apps/freeze-app.server'
import { createGuide } from '~/domain/catalog/create-guide.server'
import { importApiDocument } from '~/domain/catalog/import-api-document.server'
import { newId } from '~/domain/kernel/ids'
import { requestOrganization } from '~/domain/organizations/request-organization.server'
import { apiDocuments, deliveries } from '~db/schema'
import { contextFor, db, system } from '~test/support/context'
import { credential } from '~test/support/credentials'
import { documentedProduct, documentText } from '~test/support/documents'
import { gateway } from '~test/support/external-gateways'
import { eventOf } from '~test/support/notifications'
import { granted, offer, requested as requestedAccess } from '~test/support/requests'
import { webhook } from '~test/support/webhooks'
import * as world from '~test/support/world'

export type Made = { path: string; body?: Record<string, unknown> }

const name = () => `Thing ${crypto.randomUUID().slice(0, 12)}`

async function place(changes: Parameters<typeof world.organization>[0] = {}) {
  const organization = await world.organization(changes)
  return { id: organization.id, path: `/organizations/${organization.id}` }
}

/** As a developer asks for one: it has no team yet. */
export async function requestedOrganization() {
  await world.setSettings({ organizationRegistrationEnabled: true, autoApproveOrganizations: false })
  const requester = await world.developer()
  const asked = await requestOrganization(contextFor(requester), { name: name() })
  if (!asked.ok) throw new Error(asked.error.message)
  return { id: asked.value.organizationId, requester }
}

async function requested(action: string): Promise<Made> {
  const { id } = await requestedOrganization()
  return { path: `/organizations/${id}/${action}`, body: {} }
}

async function team() {
  const { id } = await place()
  const member = await world.developer({ organizationId: id })
  const made = await world.team(id)
  return { path: `/teams/${made.id}`, id: made.id, member, organizationId: id }
}

async function user(row: Parameters<typeof world.admin>[0] = {}) {
  const { id } = await place()
  return `/users/${(await world.developer({ organizationId: id, row })).userId}`
}

async function app() {
  const owner = await world.superAdmin()
  return { path: `/apps/${(await world.app(owner)).id}`, owner }
}

async function frozenApp() {
  const owner = await world.superAdmin()
  const { id } = await world.app(owner)
  await freezeApp(contextFor(owner), id, { reason: '' })
  return `/apps/${id}`
}

async function key() {
  const made = await credential()
  return `/apps/${made.appId}/credentials/${made.credentialId}`
}

const invited = () =>
  eventOf({ type: 'user.invited', subjectType: 'user', subjectId: 'usr_01NOBODY', data: {} })

/** Of an invitation: such a mail may be called off. */
export async function delivery(state: 'pending' | 'sent' | 'failed') {
  const eventId = await invited()
  const id = newId('dlv', Date.now())
  await db.insert(deliveries).values({
    id,
    eventId,
    channel: 'email',
    recipientKey: 'usr_01NOBODY',
    template: 'user_invited',
    state,
    nextAttemptAt: Date.now() + 600_000,
    createdAt: Date.now(),
  })
  return `/deliveries/${id}`
}

const pendingAccess = async () =>
  `/access-requests/${(await requestedAccess(await world.superAdmin())).requestId}`

/** One that hears of nothing but its tests. */
const hook = async (changes: Parameters<typeof webhook>[0] = {}) =>
  `/webhooks/${(await webhook({ allEvents: false, eventTypes: ['digest.collected'], ...changes })).id}`

const slug = () => `thing-${crypto.randomUUID().slice(0, 12)}`

async function product(published = true) {
  return `/products/${(await documentedProduct([], { published })).productId}`
}

async function productApi() {
  const { productId, apiId } = await documentedProduct([])
  return `/products/${productId}/apis/${apiId}`
}

async function guide(published: boolean) {
  const { productId } = await documentedProduct([])
  const one = { slug: slug(), title: name(), body: 'Call it.', position: null, published }
  const made = await createGuide(contextFor(system), productId, one)
  if (!made.ok) throw new Error(made.error.message)
  return `/products/${productId}/guides/${made.value.guideId}`
}

/** The second of two imports is the current one; this is the first. */
async function earlierDocument() {
  const { productId, apiId } = await documentedProduct([])
  const [first] = await db.select().from(apiDocuments).where(eq(apiDocuments.apiId, apiId))
  await importApiDocument(contextFor(system), apiId, documentText())
  return `/products/${productId}/apis/${apiId}/documents/${first?.id}`
}

async function catalog() {
  const of = await offer()
  return { ...of, path: `/catalogs/${of.catalog.id}` }
}

/** A catalog with an audience: an organization, or a team of it. */
async function audience(kind: 'organization' | 'team') {
  const { id, allUsersId } = await world.organization()
  const member = kind === 'team' ? { teamId: allUsersId } : { organizationId: id }
  const made = await world.catalog('custom', member)
  return { path: `/catalogs/${made.id}/audience`, member: member.teamId ?? id }
}

const plan = async (row: Parameters<typeof world.plan>[1] = {}) =>
  `/plans/${(await world.plan([(await world.catalog()).id], row)).id}`

/** The admins' operations about plans and catalogs. */
const offerCalls: Record<string, () => Promise<Made>> = {
  listPlans: async () => {
    await plan()
    return { path: '/plans?state=offered' }
  },
  createPlan: async () => ({
    path: '/plans',
    body: { name: name(), approval: 'auto', quota_limit: 1000, quota_period: 'day' },
  }),
  getPlan: async () => ({ path: await plan() }),
  editPlan: async () => ({ path: await plan(), body: { description: 'For partners' } }),
  deletePlan: async () => ({ path: await plan() }),
  archivePlan: async () => ({ path: `${await plan()}/archive`, body: {} }),
  restorePlan: async () => ({ path: `${await plan({ archivedAt: Date.now() })}/restore`, body: {} }),
  listCatalogs: async () => ({ path: '/catalogs' }),
  createCatalog: async () => ({
    path: '/catalogs',
    body: { name: name(), slug: `c-${crypto.randomUUID()}`, visibility: 'private' },
  }),
  getCatalog: async () => ({ path: (await catalog()).path }),
  editCatalog: async () => ({ path: (await catalog()).path, body: { visibility: 'custom' } }),
  deleteCatalog: async () => ({ path: (await catalog()).path }),
  listAudience: async () => ({ path: (await audience('team')).path }),
  addToAudience: async () => ({
    path: (await audience('team')).path,
    body: { member: (await place()).id },
  }),
  removeOrganizationFromAudience: async () => {
    const { path, member } = await audience('organization')
    return { path: `${path}/organizations/${member}` }
  },
  removeTeamFromAudience: async () => {
    const { path, member } = await audience('team')
    return { path: `${path}/teams/${member}` }
  },
  listCatalogProducts: async () => ({ path: `${(await catalog()).path}/products` }),
  addProductToCatalog: async () => ({
    path: `${(await catalog()).path}/products`,
    body: { product_id: (await world.product([])).id },
  }),
  removeProductFromCatalog: async () => {
    const { path, product } = await catalog()
    return { path: `${path}/products/${product.id}` }
  },
  moveProductInCatalog: async () => {
    const { path, product } = await catalog()
    return { path: `${path}/products/${product.id}/move`, body: { direction: 'up' } }
  },
  listCatalogPlans: async () => ({ path: `${(await catalog()).path}/plans` }),
  addPlanToCatalog: async () => ({
    path: `${(await catalog()).path}/plans`,
    body: { plan_id: (await world.plan([])).id },
  }),
  removePlanFromCatalog: async () => {
    const { path, manual } = await catalog()
    return { path: `${path}/plans/${manual.id}` }
  },
  movePlanInCatalog: async () => {
    const { path, auto } = await catalog()
    return { path: `${path}/plans/${auto.id}/move`, body: { direction: 'up' } }
  },
}

export const calls: Record<string, () => Promise<Made>> = {
  ...offerCalls,
  listOrganizations: async () => ({ path: '/organizations' }),
  createOrganization: async () => ({ path: '/organizations', body: { name: name() } }),
  getOrganization: place,
  renameOrganization: async () => ({ path: (await place()).path, body: { name: name() } }),
  deleteOrganization: place,
  approveOrganization: () => requested('approve'),
  rejectOrganization: () => requested('reject'),
  suspendOrganization: async () => ({ path: `${(await place()).path}/suspend`, body: { reason: 'Unpaid' } }),
  restoreOrganization: async () => ({
    path: `${(await place({ state: 'suspended' })).path}/restore`,
    body: {},
  }),
  listTeams: async () => ({ path: `${(await place()).path}/teams` }),
  createTeam: async () => ({ path: `${(await place()).path}/teams`, body: { name: name() } }),
  getTeam: team,
  renameTeam: async () => ({ path: (await team()).path, body: { name: name() } }),
  deleteTeam: async () => ({ path: (await team()).path }),
  listTeamMembers: async () => ({ path: `${(await team()).path}/members` }),
  addTeamMembers: async () => {
    const { path, member } = await team()
    return { path: `${path}/members`, body: { user_ids: [member.userId] } }
  },
  removeTeamMember: async () => {
    const { id } = await place()
    const { id: teamId } = await world.team(id)
    const member = await world.developer({ organizationId: id, teamIds: [teamId] })
    return { path: `/teams/${teamId}/members/${member.userId}` }
  },
  listUsers: async () => ({ path: '/users' }),
  listOrganizationMembers: async () => {
    const { id, path } = await place()
    await world.developer({ organizationId: id })
    return { path: `${path}/members` }
  },
  createUser: async () => ({
    path: '/users',
    body: {
      email: `${crypto.randomUUID()}@people.example`,
      first_name: 'Ada',
      last_name: 'Byron',
      organization_id: (await place()).id,
      org_role: 'team_member',
    },
  }),
  getUser: async () => ({ path: await user() }),
  editUser: async () => ({ path: await user(), body: { first_name: 'Grace' } }),
  deleteUser: async () => ({ path: await user() }),
  activateUser: async () => ({ path: `${await user({ state: 'pending' })}/activate`, body: {} }),
  rejectUser: async () => ({ path: `${await user({ state: 'pending' })}/reject`, body: {} }),
  deactivateUser: async () => ({ path: `${await user()}/deactivate`, body: {} }),
  moveUser: async () => ({
    path: `${await user()}/move`,
    body: { organization_id: (await place()).id, org_role: 'team_member', apps: 'personal' },
  }),
  listApps: async () => ({ path: '/apps?state=active' }),
  createApp: async () => ({
    path: '/apps',
    body: {
      owner_id: (await world.superAdmin()).userId,
      name: name(),
      redirect_urls: ['https://shop.example/back'],
    },
  }),
  getApp: async () => ({ path: (await app()).path }),
  editApp: async () => ({ path: (await app()).path, body: { name: name() } }),
  deleteApp: async () => ({ path: (await app()).path }),
  freezeApp: async () => ({ path: `${(await app()).path}/freeze`, body: { reason: 'A leak' } }),
  unfreezeApp: async () => ({ path: `${await frozenApp()}/unfreeze`, body: {} }),
  listCredentials: async () => ({ path: (await key()).replace(/\/crd_\w+$/, '') }),
  rotateCredential: async () => ({ path: `${await key()}/rotate`, body: { overlap: 'hour' } }),
  getCredentialLimits: async () => ({ path: `${await key()}/limits` }),
  changeCredentialLimits: async () => ({
    path: `${await key()}/limits`,
    body: { ip_ranges: ['192.0.2.0/24'], methods: ['GET'] },
  }),
  revokeCredential: async () => ({ path: `${await key()}/revoke`, body: {} }),
  listAccessRequests: async () => {
    await pendingAccess()
    return { path: '/access-requests?state=pending' }
  },
  getAccessRequest: async () => ({ path: await pendingAccess() }),
  approveAccessRequest: async () => ({ path: `${await pendingAccess()}/approve`, body: {} }),
  rejectAccessRequest: async () => ({ path: `${await pendingAccess()}/reject`, body: { reason: 'No' } }),
  listEvents: async () => ({ path: '/events?type=organization' }),
  getEvent: async () => ({ path: `/events/${await invited()}` }),
  listDeliveries: async () => {
    await delivery('pending')
    return { path: '/deliveries?state=pending' }
  },
  getDelivery: async () => ({ path: await delivery('sent') }),
  retryDelivery: async () => ({ path: `${await delivery('pending')}/retry`, body: {} }),
  cancelDelivery: async () => ({ path: `${await delivery('pending')}/cancel`, body: {} }),
  sendDeliveryAgain: async () => ({ path: `${await delivery('failed')}/send-again`, body: {} }),
  revokeAccessRequest: async () => ({
    path: `/access-requests/${(await granted(await world.superAdmin())).requestId}/revoke`,
    body: {},
  }),
  listWebhooks: async () => {
    await hook()
    return { path: '/webhooks' }
  },
  createWebhook: async () => ({
    path: '/webhooks',
    body: { url: 'https://new.hook.test/in', events: 'chosen', event_types: ['digest.collected'] },
  }),
  getWebhook: async () => ({ path: await hook() }),
  editWebhook: async () => ({ path: await hook(), body: { description: 'Ledger' } }),
  deleteWebhook: async () => ({ path: await hook() }),
  pauseWebhook: async () => ({ path: `${await hook()}/pause` }),
  resumeWebhook: async () => ({ path: `${await hook({ state: 'paused', pausedReason: 'by_hand' })}/resume` }),
  rotateWebhookSecret: async () => ({ path: `${await hook()}/rotate-secret` }),
  testWebhook: async () => ({ path: `${await hook()}/test` }),
  listGateways: async () => {
    await gateway()
    return { path: '/gateways' }
  },
  addGateway: async () => ({
    path: '/gateways',
    body: {
      name: name(),
      base_url: 'https://new.tyk.test',
      public_url: 'https://api.new.tyk.test',
      external_org_id: 'org1',
      management_secret: 'hush-hush',
    },
  }),
  getGateway: async () => ({ path: `/gateways/${(await gateway()).id}` }),
  editGateway: async () => ({ path: `/gateways/${(await gateway()).id}`, body: { name: name() } }),
  deleteGateway: async () => ({ path: `/gateways/${(await gateway()).id}` }),
  resynchronizeGateway: async () => ({ path: `/gateways/${(await gateway()).id}/resynchronize` }),
  listMailTexts: async () => ({ path: '/mail-texts' }),
  getMailText: async () => ({ path: '/mail-texts/welcome' }),
  editMailText: async () => ({ path: '/mail-texts/welcome', body: { subject: name() } }),
  resetMailText: async () => ({ path: '/mail-texts/welcome/reset' }),
  getUsage: async () => ({ path: '/usage?period=2026-01' }),
  listProducts: async () => {
    await product()
    return { path: '/products?state=published' }
  },
  createProduct: async () => ({
    path: '/products',
    body: { name: name(), slug: slug(), summary: 'Pets', catalog_ids: [(await world.catalog()).id] },
  }),
  getProduct: async () => ({ path: await product() }),
  editProduct: async () => ({ path: await product(), body: { name: name(), tags: ['animals'] } }),
  deleteProduct: async () => ({ path: await product() }),
  publishProduct: async () => ({ path: `${await product(false)}/publish`, body: {} }),
  unpublishProduct: async () => ({ path: `${await product()}/unpublish`, body: {} }),
  listApis: async () => ({ path: `${await product()}/apis` }),
  createApi: async () => ({
    path: `${await product()}/apis`,
    body: { name: name(), slug: slug(), version: '1.0.0' },
  }),
  getApi: async () => ({ path: await productApi() }),
  editApi: async () => ({ path: await productApi(), body: { name: name(), accepts: ['oauth_client'] } }),
  deleteApi: async () => ({ path: await productApi() }),
  listApiDocuments: async () => ({ path: `${await productApi()}/documents` }),
  importApiDocument: async () => ({
    path: `${await productApi()}/documents`,
    body: { document: documentText() },
  }),
  getApiDocument: async () => ({ path: await earlierDocument() }),
  adoptApiDocument: async () => ({ path: `${await earlierDocument()}/adopt`, body: {} }),
  listGuides: async () => ({ path: `${await product()}/guides` }),
  createGuide: async () => ({
    path: `${await product()}/guides`,
    body: { title: name(), slug: slug(), body: '# Title\nCall it.' },
  }),
  getGuide: async () => ({ path: await guide(true) }),
  editGuide: async () => ({ path: await guide(true), body: { title: name() } }),
  deleteGuide: async () => ({ path: await guide(false) }),
  publishGuide: async () => ({ path: `${await guide(false)}/publish`, body: {} }),
  unpublishGuide: async () => ({ path: `${await guide(true)}/unpublish`, body: {} }),
}

/** Every kind of id that a path names, and what stands there without one. */
export const idInPath =
  /(org|team|usr|app|crd|req|pln|cat|evt|dlv|whk|gwy|prd|api|doc|gde)_\w+|(?<=\/mail-texts\/)\w+/g

/** The same call about things that are not there: every id of the path is one that nothing has. */
export function aboutNothing(path: string): string {
  return path.replaceAll(idInPath, '$1_01UNKNOWN')
}
