// Whatever is posted to whatever address: an answer that says what to do, never a 500.
import { beforeAll, expect, test } from 'vitest'
import { paths } from '~/platform/paths'
import { origin, Portal, signedIn } from '~test/support/portal'
import { type AccessWorld, createAccessWorld } from './access-world'

let world: AccessWorld
beforeAll(async () => {
  world = await createAccessWorld()
})

const strange: Record<string, string | string[]> = {
  empty: '',
  twice: ['one', 'two'],
  long: 'x'.repeat(20_000),
  nul: 'a\u0000b',
  'line break': 'a\r\nBcc: someone@example.com',
  'half a pair': '\ud800',
  'key of objects': '__proto__',
  markup: `'"><script>alert(1)</script>`,
  json: '{"$ne":null}',
}

const fields = [
  'email',
  'password',
  'passwordAgain',
  'currentPassword',
  'firstName',
  'lastName',
  'inviteCode',
  'token',
  'redemptionId',
  'setupToken',
  'catalogId',
  'productId',
  'productIds',
  'planId',
  'appChoice',
  'appId',
  'appName',
  'appDescription',
  'appVisibility',
  'appTeamId',
  'appRedirectUrls',
  'credentialType',
  'credentialId',
  'submissionId',
  'note',
  'ownerId',
  'userId',
  'overlap',
  'confirmation',
  'redirectUrls',
  'reason',
  'scopes',
  'lifetimeDays',
  'id',
  'code',
  'teamId',
  'maxUses',
  'expiresAt',
  'name',
  'portalName',
  'visibility',
  'passwordMinLength',
  'notificationAddress',
  'theme',
  'returnTo',
  'slug',
  'summary',
  'tags',
  'description',
  'catalogIds',
  'rateLimit',
  'rateEvery',
  'rateUnit',
  'quotaLimit',
  'quotaPeriod',
  'keyLifetimeDays',
  'approval',
  'member',
  'item',
  'direction',
  'logo',
  'accentColor',
  'upstreamUrl',
  'accepts',
  'version',
  'file',
  'text',
  'url',
  'title',
  'body',
  'subject',
  'baseUrl',
  'publicUrl',
  'externalOrgId',
  'managementSecret',
  'headerName',
  'gateway',
  'externalApiId',
  'listenPath',
  'events',
  'eventTypes',
  'since',
  'constructor',
  '__proto__',
  'email[]',
  'a.b[0].c',
]

const posts: [string, 'visitor' | 'member' | 'admin', (world: AccessWorld) => string][] = [
  ['log in', 'visitor', () => paths.auth.login()],
  ['register', 'visitor', () => paths.auth.register],
  ['reset', 'visitor', () => paths.auth.reset],
  ['new password', 'visitor', () => paths.auth.resetCode],
  ['verify', 'visitor', () => paths.auth.verify],
  ['theme', 'visitor', () => paths.theme],
  ['unsubscribe', 'visitor', () => paths.unsubscribe],
  ['change password', 'member', () => paths.auth.changePassword],
  ['profile', 'member', () => paths.dashboard.profile],
  ['cart', 'member', () => paths.cart],
  ['add to cart', 'member', () => paths.cartAdd],
  ['remove from cart', 'member', () => paths.cartRemove],
  ['reject a user', 'admin', (w) => paths.admin.rejectUser(w.people.member.userId)],
  ['activate users', 'admin', () => paths.admin.activateUsers],
  ['deactivate users', 'admin', (w) => `${paths.admin.deactivateUsers}?id=${w.userToDeactivate}`],
  ['reject users', 'admin', (w) => `${paths.admin.rejectUsers}?id=${w.userToReject}`],
  ['invite users', 'admin', () => paths.admin.inviteUsers],
  ['delete users', 'admin', () => paths.admin.deleteUsers],
  ['create an invite code', 'admin', () => paths.admin.newInviteCode],
  ['edit an invite code', 'admin', (w) => paths.admin.inviteCode(w.codeToChange)],
  ['add an organization', 'admin', () => paths.admin.newOrganization],
  ['change a plan', 'member', (w) => paths.dashboard.changePlan(w.app.id, w.requests.approved)],
  ['approve requests', 'admin', () => paths.admin.approveAccessRequests],
  ['reject requests', 'admin', (w) => `${paths.admin.rejectAccessRequests}?id=${w.requests.toReject}`],
  ['approve under a plan', 'admin', (w) => paths.admin.approveUnderPlan(w.requests.toReject)],
  ['reject a request', 'admin', (w) => paths.admin.rejectAccessRequest(w.requests.toReject)],
  ['settings', 'admin', () => paths.admin.settings],
  ['the logo of the portal', 'admin', () => paths.admin.logo],
  ['the accent color', 'admin', () => paths.admin.accentColor],
  ['the text of the home page', 'admin', () => paths.admin.homePage],
  ['an API token', 'admin', () => paths.admin.newApiToken],
  ['words of a mail', 'admin', () => paths.admin.email('welcome')],
  ['a preview of a mail', 'admin', () => paths.admin.previewEmail('welcome')],
  ['a test of a mail', 'admin', () => paths.admin.testEmail('welcome')],
  ['default words', 'admin', () => paths.admin.resetEmail('welcome')],
  ['settings of an app', 'member', (w) => paths.dashboard.appSettings(w.app.id)],
  ['freeze an app', 'member', (w) => paths.dashboard.freezeApp(w.app.id)],
  ['transfer an app', 'member', (w) => paths.dashboard.transferApp(w.app.id)],
  ['delete an app', 'member', (w) => paths.dashboard.deleteApp(w.app.id)],
  [
    'limits of a credential',
    'member',
    (w) => paths.dashboard.limitCredential(w.app.id, w.credentialToRotate),
  ],
  ['a new app', 'admin', () => paths.admin.newApp()],
  ['an app', 'admin', (w) => paths.admin.editApp(w.app.id)],
  ['a new credential', 'admin', (w) => paths.admin.addCredential(w.app.id)],
  ['rotate a credential', 'admin', (w) => paths.admin.rotateCredential(w.app.id, w.credentialToRotate)],
  ['limits of any credential', 'admin', (w) => paths.admin.limitCredential(w.app.id, w.credentialToRotate)],
  ['delete any app', 'admin', (w) => paths.admin.deleteApp(w.app.id)],
  ['a new plan', 'admin', () => paths.admin.newPlan],
  ['a plan', 'admin', (w) => paths.admin.plan(w.offered.planId)],
  ['a catalog', 'admin', (w) => paths.admin.editCatalog(w.offered.catalogId)],
  ['an audience', 'admin', (w) => paths.admin.catalogAudience(w.offered.catalogId)],
  ['an item of a catalog', 'admin', (w) => paths.admin.addCatalogItem(w.offered.catalogId)],
  ['a new product', 'admin', () => paths.admin.newProduct],
  ['a product', 'admin', (w) => paths.admin.editProduct(w.offered.productId)],
  ['a logo', 'admin', (w) => paths.admin.productLogo(w.offered.productId)],
  ['an API', 'admin', (w) => paths.admin.editApi(w.offered.productId, w.offered.apiId)],
  ['a new gateway', 'admin', () => paths.admin.newGateway],
  ['a gateway', 'admin', (w) => paths.admin.editGateway(w.gatewayId)],
  ['remove a gateway', 'admin', (w) => paths.admin.deleteGateway(w.gatewayId)],
  ['a new webhook', 'admin', () => paths.admin.webhooks.add],
  ['a webhook', 'admin', (w) => paths.admin.webhooks.edit(w.portalWebhook.id)],
  ['what failed at a webhook', 'admin', (w) => paths.admin.webhooks.sendFailed(w.portalWebhook.id)],
  ['the gateway of an API', 'admin', (w) => paths.admin.apiGateway(w.offered.productId, w.offered.apiId)],
  ['a document', 'admin', (w) => paths.admin.importDocument(w.offered.productId, w.offered.apiId)],
  ['a guide', 'admin', (w) => paths.admin.guide(w.offered.productId, w.offered.guideId)],
  ['a preview of Markdown', 'admin', () => paths.admin.markdownPreview],
]

test.each(posts)(
  '%s: strange values in every field are answered, never with a 500',
  { timeout: 60_000 },
  async (_name, role, path) => {
    const portal = role === 'visitor' ? new Portal() : await signedIn(world.people[role])
    for (const [kind, value] of Object.entries(strange)) {
      const form = Object.fromEntries(fields.map((field) => [field, value]))
      const response = await portal.post(path(world), form, {
        'cf-connecting-ip': `198.51.100.${kind.length}`,
      })
      const text = await response.text()
      expect(response.status, `${kind}: ${text.slice(0, 200)}`).toBeLessThan(500)
      expect(text.includes('<script>alert(1)</script>'), kind).toBe(false)
    }
  },
)

test.each(['%00', '%ud800', '..%2f..', "'", 'usr_%27', 'x'.repeat(3000), '%E0%A4%A'])(
  'ids such as %s in an address are not found, never a 500',
  async (id) => {
    const admin = await signedIn(world.people.admin)
    const member = await signedIn(world.people.member)
    for (const path of [
      `/admin/users/${id}`,
      `/admin/organizations/${id}`,
      `/admin/access-requests/${id}`,
      `/admin/apps/${id}`,
      `/admin/gateways/${id}`,
      `/admin/settings/webhooks/${id}?after=${id}`,
      `/admin/gateways?after=${id}`,
      `/admin/deliveries?channel=${id}&after=${id}`,
      `/admin/apps?organization=${id}&after=${id}`,
      `/admin/access-requests?organization=${id}&catalog=${id}&plan=${id}&sort=app&after=${id}`,
    ]) {
      expect((await admin.request(path)).status, path).toBeLessThan(500)
    }
    for (const path of [
      `/dashboard/apps/${id}`,
      `/products/${id}`,
      `/products/${id}/apis/${id}`,
      `/catalogs?after=${id}&catalog=${id}`,
    ]) {
      expect((await member.request(path)).status, path).toBeLessThan(500)
    }
  },
)

test('a form that is too large is refused with 413 before it is read, and one of another type with 400', async () => {
  const portal = new Portal()
  const headers = { origin, 'sec-fetch-site': 'same-origin' }
  const large = await portal.request(paths.auth.login(), {
    method: 'POST',
    headers,
    body: new URLSearchParams({ email: 'x'.repeat(300_000) }),
  })
  expect(large.status).toBe(413)
  expect(await large.text()).toContain('more than this form can take')
  const json = await portal.request(paths.auth.login(), {
    method: 'POST',
    headers: { ...headers, 'content-type': 'application/json' },
    body: '{}',
  })
  expect(json.status).toBe(400)
  const broken = await portal.request(paths.auth.login(), {
    method: 'POST',
    headers: { ...headers, 'content-type': 'multipart/form-data; boundary=x' },
    body: 'nothing of the kind',
  })
  expect(broken.status).toBe(400)
})

test('a product that does not exist, or that one may not see, is not found', async () => {
  const visitor = new Portal()
  for (const path of [paths.product('no-such-product'), paths.product(world.product.slug)]) {
    const { status, html } = await visitor.get(path)
    expect(status).toBe(404)
    expect(html).toContain('Page not found')
  }
})
