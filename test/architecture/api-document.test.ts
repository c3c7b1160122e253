// The OpenAPI document of the admin API: it says all that the table of operations says, its schemas are valid JSON
// schemas, and the portal itself, which reads the documents of others, can read it.
import { Ajv2020 } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import { expect, test } from 'vitest'
import { readOpenApi } from '~/domain/catalog/read-openapi'
import { errorStatus } from '~/domain/kernel/errors'
import { apiDocument } from '~/platform/api-document'
import { pathNames } from '~/platform/api-operation'
import { apiOperations } from '~/routes/api/operations'
import { validatorOf } from '~test/demo/validate'
import { sourcesUnder } from './sources'

// biome-ignore lint/suspicious/noExplicitAny: the test looks into a document of every form
const document: any = JSON.parse(JSON.stringify(apiDocument(apiOperations, 'https://portal.example')))

test('the portal can read the document that it serves, without a complaint', () => {
  expect(readOpenApi(JSON.stringify(document), (text) => text)).toMatchObject({ ok: true })
  expect(document.openapi).toBe('3.1.0')
  expect(document.servers).toEqual([{ url: 'https://portal.example/api/v1' }])
})

test('every operation of the table is in it once, with its scope, its parameters, its body and its answers', () => {
  const described = Object.entries<Record<string, { operationId?: string }>>(document.paths).flatMap(
    ([path, item]) =>
      Object.entries(item).map(([method, { operationId }]) => ({ path, method, operationId })),
  )
  expect(described.filter(({ method }) => method !== 'parameters')).toHaveLength(apiOperations.length)
  expect(new Set(apiOperations.map(({ id }) => id)).size).toBe(apiOperations.length)
  for (const operation of apiOperations) {
    const item = document.paths[operation.path]
    const described = item[operation.method.toLowerCase()]
    expect(described.operationId).toBe(operation.id)
    expect(described.security).toEqual([{ token: [operation.scope] }])
    expect((item.parameters ?? []).map((one: { name: string }) => one.name)).toEqual(
      pathNames(operation.path),
    )
    const queried = (described.parameters ?? []).filter((one: { in: string }) => one.in === 'query')
    expect(queried.map((one: { name: string }) => one.name)).toEqual(
      Object.keys(operation.query?.shape ?? {}),
    )
    expect(Boolean(described.requestBody)).toBe(operation.body !== null)
    expect(Object.keys(described.responses)).toContain(String(operation.status))
    for (const code of operation.errors)
      expect(described.responses[errorStatus[code]].description, operation.id).toContain(code)
  }
})

test('reading takes a read scope, changing a write scope', () => {
  for (const { id, method, scope } of apiOperations)
    expect(scope.endsWith(method === 'GET' ? ':read' : ':write'), id).toBe(true)
})

test('every schema is a valid one, every reference leads somewhere, and none names a field of another than the API’s form', () => {
  const ajv = new Ajv2020({ strict: true, strictTypes: false, allErrors: true })
  addFormats.default(ajv)
  ajv.addVocabulary(['components'])
  ajv.addSchema({ components: document.components }, 'document.json')
  for (const name of Object.keys(document.components.schemas))
    expect(() => ajv.compile({ $ref: `document.json#/components/schemas/${name}` }), name).not.toThrow()
  const references = [...JSON.stringify(document).matchAll(/"\$ref":"#\/components\/schemas\/(\w+)"/g)]
  expect(references.length).toBeGreaterThan(apiOperations.length)
  for (const [, name = ''] of references) expect(document.components.schemas[name], name).toBeDefined()
  for (const schema of Object.values<{ properties: object }>(document.components.schemas))
    for (const field of Object.keys(schema.properties)) expect(field).toMatch(/^[a-z]+(_[a-z]+)*$/)
})

test('its schemas take what the examples of the guide say, and refuse what the API refuses', () => {
  const validate = validatorOf(document)
  const schema = (name: string) => `#/components/schemas/${name}`
  const organization = {
    id: 'org_01J',
    name: 'Northwind',
    state: 'active',
    is_default: false,
    members: 3,
    teams: 2,
    apps: 1,
    created_at: '2030-01-02T03:04:05.678Z',
  }
  expect(validate(schema('OrganizationList'), { data: [organization], next_cursor: null })).toEqual([])
  expect(validate(schema('Organization'), { ...organization, created_at: 'yesterday' })).not.toEqual([])
  expect(validate(schema('Organization'), { ...organization, secret: 'x' })).not.toEqual([])
  expect(validate(schema('CreateOrganization'), { name: 'Northwind' })).toEqual([])
  for (const body of [{}, { name: 'x' }, { name: 'Northwind', state: 'active' }, { name: 1 }, []])
    expect(validate(schema('CreateOrganization'), body), JSON.stringify(body)).not.toEqual([])
})

test('no route answers below the address of the API: the table has all of it', () => {
  const tables = sourcesUnder('app').filter(({ path }) => /^app\/(?:routes\.ts$|route-tables\/)/.test(path))
  expect(tables.length).toBeGreaterThan(5)
  for (const { path, text } of tables) expect(text, path).not.toMatch(/route\(\s*['`]api\//)
})
