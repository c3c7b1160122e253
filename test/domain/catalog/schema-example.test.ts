import { expect, test } from 'vitest'
import { exampleOf } from '~/domain/catalog/schema-example'

const $ref = (name: string) => ({ $ref: `#/components/schemas/${name}` })

const exampleFor = (schema: unknown, schemas = {}, skip: 'readOnly' | 'writeOnly' = 'readOnly') =>
  exampleOf({ components: { schemas } }, schema, skip)

test('an example is made of what the schema says, and of its types where it says nothing', () => {
  const schema = {
    allOf: [{ properties: { id: { type: 'string', format: 'uuid' } } }],
    properties: {
      name: { type: 'string', example: 'Rex' },
      kind: { enum: ['dog', 'cat'] },
      age: { type: ['null', 'integer'], minimum: 3 },
      born: { type: 'string', format: 'date' },
      tags: { type: 'array', items: { type: 'string' } },
      owner: { anyOf: [{ type: 'null' }, { properties: { vip: { type: 'boolean' } } }] },
      nothing: {},
    },
  }
  expect(exampleFor(schema)).toEqual({
    id: '7c9e6679-7425-40de-944b-e07fc1f90ae7',
    name: 'Rex',
    kind: 'dog',
    age: 3,
    born: '2026-01-15',
    tags: ['text'],
    owner: { vip: true },
  })
})

test('what is only answered is not in a request, and what is only sent is not in an answer', () => {
  const properties = {
    id: { type: 'integer', readOnly: true },
    password: { type: 'string', writeOnly: true },
    name: { type: 'string' },
  }
  expect(exampleFor({ properties })).toEqual({ password: 'text', name: 'text' })
  expect(exampleFor({ properties }, {}, 'writeOnly')).toEqual({ id: 1, name: 'text' })
})

test('circles end where they close, and giants stay small', () => {
  const Node = { properties: { name: { type: 'string' }, next: $ref('Node'), all: { items: $ref('Node') } } }
  expect(exampleFor($ref('Node'), { Node })).toEqual({ name: 'text', all: [] })
  const wide = (levels: number): unknown =>
    levels === 0
      ? { type: 'string' }
      : { properties: Object.fromEntries(Array.from({ length: 9 }, (_, at) => [`f${at}`, wide(levels - 1)])) }
  expect(JSON.stringify(exampleFor(wide(5))).length).toBeLessThan(5000)
})

test('a schema without any word on it has no example', () => {
  expect(exampleFor({})).toBeUndefined()
  expect(exampleFor(undefined)).toBeUndefined()
  expect(exampleFor(true)).toBeUndefined()
})
