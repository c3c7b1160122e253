// The demo's OpenAPI documents are complete and agree with themselves.
import { expect, test } from 'vitest'
import { demoProducts } from '~demo/products'
import {
  documentNames,
  exampleBodies,
  lookUp,
  operationsOf,
  readDocument,
  referencesIn,
  resolved,
} from './read-documents'
import { pointer, validatorOf } from './validate'

const documents = documentNames.map((name) => [name, readDocument(name)] as const)

test('the demo has eight documents', () => {
  expect(documentNames).toHaveLength(8)
})

test.each(documents)('%s is OpenAPI 3.1 with a title, a version and one https server', (_name, document) => {
  expect(document.openapi).toBe('3.1.0')
  expect(document.info.title).not.toBe('')
  expect(document.info.version).toMatch(/^\d+\.\d+\.\d+$/)
  expect(document.servers.map(({ url }) => new URL(url).origin)).toEqual(['https://api.meridian.example'])
})

test.each(documents)('%s has 8 to 40 operations with unique camel-case ids', (_name, document) => {
  const ids = operationsOf(document).map(({ operation }) => operation.operationId)
  expect(ids.length).toBeGreaterThanOrEqual(8)
  expect(ids.length).toBeLessThanOrEqual(40)
  expect(new Set(ids).size).toBe(ids.length)
  for (const id of ids) expect(id).toMatch(/^[a-z][A-Za-z]+$/)
})

test.each(documents)('%s has no reference that leads nowhere', (_name, document) => {
  const broken = referencesIn(document).filter((one) => lookUp(document, one) === undefined)
  expect(broken).toEqual([])
})

test.each(documents)('%s describes every operation, tag and path parameter', (_name, document) => {
  const tags = document.tags.map(({ name }) => name)
  for (const { operation, path, parameters } of operationsOf(document)) {
    expect(operation.summary, operation.operationId).toBeTruthy()
    expect(operation.description, operation.operationId).toBeTruthy()
    expect(tags).toContain(operation.tags[0])
    const named = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name)
    expect(
      parameters
        .filter((one) => one.in === 'path')
        .map((one) => one.name)
        .sort(),
    ).toEqual(named.sort())
  }
})

test.each(documents)('%s has no schema, parameter or response that nothing uses', (_name, document) => {
  const used = new Set(referencesIn(document))
  const components = document.components as unknown as Record<string, Record<string, unknown>>
  const defined = ['schemas', 'parameters', 'responses'].flatMap((kind) =>
    Object.keys(components[kind] ?? {}).map((name) => `#/components/${kind}/${name}`),
  )
  expect(defined.filter((one) => !used.has(one))).toEqual([])
})

test.each(documents)('the examples in %s fit their schemas', (_name, document) => {
  const validate = validatorOf(document)
  for (const one of operationsOf(document)) {
    const { method, operation, path } = one
    const at = ['paths', path, method.toLowerCase()]
    for (const body of exampleBodies(one)) {
      expect(validate(pointer(...at, 'requestBody', 'content', 'application/json', 'schema'), body)).toEqual(
        [],
      )
    }
    for (const [status, response] of Object.entries(operation.responses)) {
      const content = resolved(document, response).content?.['application/json']
      if (!content) continue
      expect(Object.values(content.examples ?? {}), `${operation.operationId} ${status}`).not.toEqual([])
      for (const { value } of Object.values(content.examples ?? {})) {
        const schema = pointer(...at, 'responses', status, 'content', 'application/json', 'schema')
        expect(validate(schema, value), operation.operationId).toEqual([])
      }
    }
  }
})

test('a deprecated operation, a oneOf, a cycle and a nullable field occur somewhere in the documents', () => {
  const operations = documents.flatMap(([, document]) => operationsOf(document))
  expect(operations.some(({ operation }) => operation.deprecated)).toBe(true)
  const text = JSON.stringify(documents)
  expect(text).toContain('"oneOf"')
  expect(text).toContain('"type":["string","null"]')
  const tree = readDocument('product-data-product-data.yaml').components.schemas.CategoryNode
  expect(referencesIn(tree)).toContain('#/components/schemas/CategoryNode')
})

test('each product has its documents, two or three guides, a short summary and a logo of its own', () => {
  expect(demoProducts.map(({ slug }) => slug)).toEqual([
    'payments',
    'shipping',
    'weather',
    'identity',
    'product-data',
    'checkout',
  ])
  for (const product of demoProducts) {
    expect(product.summary.length).toBeLessThanOrEqual(120)
    expect(product.guides.length).toBeGreaterThanOrEqual(2)
    expect(product.guides.length).toBeLessThanOrEqual(3)
    const words = product.description.split(/\s+/).length
    expect(words).toBeGreaterThanOrEqual(80)
    expect(words).toBeLessThanOrEqual(200)
    for (const api of product.apis) {
      const document = readDocument(`${product.slug}-${api.slug}.yaml`)
      expect(document.info.version).toBe(api.version)
      expect(new URL(document.servers[0]?.url ?? '').pathname).toBe(api.upstreamPath)
      expect(api.documentText).toContain(`title: ${document.info.title}`)
    }
  }
  expect(new Set(demoProducts.map(({ logoSvg }) => logoSvg)).size).toBe(demoProducts.length)
})

test('each guide opens with its title, has code to copy and 150 to 500 words', () => {
  for (const { slug, guides } of demoProducts) {
    for (const guide of guides) {
      const words = guide.body.split(/\s+/).length
      expect(guide.body.split('\n')[0], `${slug}/${guide.slug}`).toBe(`# ${guide.title}`)
      expect(guide.body).toContain('```')
      expect(words, `${slug}/${guide.slug}`).toBeGreaterThanOrEqual(150)
      expect(words, `${slug}/${guide.slug}`).toBeLessThanOrEqual(500)
    }
  }
})

test('each logo is a plain drawing without scripts or outside references', () => {
  for (const { slug, logoSvg } of demoProducts) {
    expect(logoSvg, slug).toMatch(/^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg" viewBox="0 0 40 40"/)
    expect(logoSvg, slug).not.toMatch(/<script|href|url\(|<style|on\w+=|<image|<foreignObject/i)
  }
})

test('the validator of these tests refuses missing, wrong and undocumented fields, in lists too', () => {
  const validate = validatorOf(readDocument('payments-payments.yaml'))
  const at = (path: string) =>
    pointer('paths', path, 'get', 'responses', '200', 'content', 'application/json', 'schema')
  const problems = validate(at('/payments/{payment_id}'), { id: 1, extra: true }).join()
  expect(problems).toContain('"missingProperty":"amount"')
  expect(problems).toContain('/id must be string')
  expect(problems).toContain('"unevaluatedProperty":"extra"')
  const page = { data: [{ id: 'refund', extra: true }], has_more: false, next_cursor: null }
  expect(validate(at('/refunds'), page).join()).toContain('/data/0 must NOT have unevaluated properties')
})
