import { expect, test, vi } from 'vitest'
import { importApiDocument } from '~/domain/catalog/import-api-document.server'
import { paths } from '~/platform/paths'
import { contextFor, system } from '~test/support/context'
import { externalKey, gateway, tykFault, tykSecret } from '~test/support/external-gateways'
import { deliver, eventOf } from '~test/support/notifications'
import { signedIn } from '~test/support/portal'
import * as world from '~test/support/world'

const { admin } = paths

test('a gateway is added by a form that keeps what was typed, but not the secret', async () => {
  const browser = await signedIn(await world.admin())
  const fields = {
    name: `Tyk ${crypto.randomUUID()}`,
    baseUrl: 'https://10.0.0.1',
    managementSecret: tykSecret,
    externalOrgId: 'org1',
    publicUrl: 'https://api.example.com',
    headerName: 'Authorization',
  }
  const refused = await browser.post(admin.newGateway, fields)
  expect(refused.status).toBe(422)
  const page = await refused.text()
  expect(page).toContain('Use the name of a server, not a number.')
  expect(page).toContain(fields.name)
  expect(page).not.toContain(tykSecret)
  const added = await browser.post(admin.newGateway, { ...fields, baseUrl: 'https://added.tyk.test' })
  const at = added.headers.get('location') ?? ''
  expect(at).toMatch(/^\/admin\/gateways\/gwy_/)
  for (const path of [at, `${at}/edit`, `${at}/test`, `${at}/delete`, admin.gateways, admin.auditLog])
    expect((await browser.get(path)).html).not.toContain(tykSecret)
})

test('the connection test shows what the gateway answered', async () => {
  const browser = await signedIn(await world.admin())
  const at = await gateway()
  const ask = async () => (await browser.post(admin.testGateway(at.id))).text()
  expect(await ask()).toContain('Tyk answers and takes the secret.')
  await tykFault(at.host, { status: 200, body: '<h1>Welcome</h1>' })
  const answer = await ask()
  expect(answer).toContain('The connection does not work')
  expect(answer).not.toContain('<h1>Welcome</h1>')
})

test('what could not be told is found under Deliveries by its channel', async () => {
  vi.spyOn(console, 'warn').mockImplementation(() => {})
  const browser = await signedIn(await world.admin())
  const key = await externalKey()
  await tykFault(key.gateway.host, { status: 403 })
  const { requestId: subjectId, appId } = key
  await deliver(
    await eventOf({ type: 'access_request.approved', subjectType: 'access_request', subjectId, appId }),
  )
  const { html } = await browser.get(`${admin.deliveries}?channel=gateway&state=failed`)
  expect(html).toContain(key.gateway.name)
  expect(html).toContain('Tyk refused the secret (403).')
  expect(html).not.toContain(key.key)
  expect((await browser.get(`${admin.deliveries}?channel=email`)).html).not.toContain(key.gateway.name)
})

test('pages for developers show where the external gateway serves an API, and offer no Try it there', async () => {
  const key = await externalKey()
  const document = {
    openapi: '3.1.0',
    info: { title: 'Orders', version: '1.0.0' },
    paths: { '/orders': { get: { operationId: 'list-orders', responses: { 200: { description: 'OK' } } } } },
  }
  const imported = await importApiDocument(
    contextFor(system),
    key.apiId ?? 'api_none',
    JSON.stringify(document),
  )
  expect(imported.ok).toBe(true)
  const browser = await signedIn(key.owner)
  const slug = key.base.split('/')[2] ?? ''
  const address = `https://api.${key.gateway.host}/orders`
  for (const path of [
    paths.product(slug),
    paths.productApi(slug, 'main'),
    paths.asMarkdown(paths.product(slug)),
    paths.asMarkdown(paths.productApi(slug, 'main')),
    paths.dashboard.app(key.appId),
  ])
    expect((await browser.get(path)).html, path).toContain(address)
  const operation = (await browser.get(paths.productOperation(slug, 'main', 'list-orders'))).html
  expect(operation).toContain(`${address}/orders`)
  expect(operation).toContain('it cannot be tried from this page')
  expect(operation).not.toContain(paths.gateway(slug, 'main'))
})
