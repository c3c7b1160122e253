import { expect, test } from 'vitest'
import type { SchemaNode } from '~/domain/catalog/operation'
import { schemaTree } from '~/domain/catalog/schema-tree'

function treeOf(schema: unknown, schemas: Record<string, unknown> = {}, left = 100_000): SchemaNode {
  const tree = schemaTree({ components: { schemas } }, schema, {
    left,
    trees: new Map(),
    examples: new Map(),
  })
  if (!tree) throw new Error('no tree')
  return tree
}

const $ref = (name: string) => ({ $ref: `#/components/schemas/${name}` })

/** The tree in short: `name: type` a line, two spaces a level. */
function linesOf(node: SchemaNode, depth = 0): string[] {
  const own = `${'  '.repeat(depth)}${node.name ?? '-'}: ${node.type}${node.required ? ' *' : ''}${node.more ? ` (${node.more})` : ''}`
  return [own, ...node.children.flatMap((child) => linesOf(child, depth + 1))]
}

test('a schema that holds itself stops where it repeats, also through a list', () => {
  const Node = {
    type: 'object',
    required: ['id'],
    properties: {
      id: { type: 'string' },
      parent: $ref('Node'),
      children: { type: 'array', items: $ref('Node') },
    },
  }
  expect(linesOf(treeOf($ref('Node'), { Node }))).toEqual([
    '-: Node',
    '  id: string *',
    '  parent: Node (repeats)',
    '  children: list of Node (repeats)',
  ])
})

test('two schemas that hold each other stop too, and so does a circle of references alone', () => {
  const A = { type: 'object', properties: { b: $ref('B') } }
  const B = { type: 'object', properties: { a: $ref('A') } }
  expect(linesOf(treeOf($ref('A'), { A, B }))).toEqual(['-: A', '  b: B', '    a: A (repeats)'])
  expect(linesOf(treeOf($ref('C'), { C: $ref('D'), D: $ref('C') }))).toEqual(['-: any'])
})

test('allOf reads as one schema, through parts of parts, and circles in it end', () => {
  const Animal = { type: 'object', required: ['id'], properties: { id: { type: 'string' } } }
  const Pet = { allOf: [$ref('Animal'), { properties: { name: { type: 'string' } } }] }
  const Dog = { allOf: [$ref('Pet')], required: ['bark'], properties: { bark: { type: 'boolean' } } }
  expect(linesOf(treeOf($ref('Dog'), { Animal, Pet, Dog }))).toEqual([
    '-: Dog',
    '  id: string *',
    '  name: string',
    '  bark: boolean *',
  ])
  const Loop = { allOf: [$ref('Loop'), $ref('Loop')], properties: { a: { type: 'string' } } }
  expect(linesOf(treeOf($ref('Loop'), { Loop }))).toContain('  a: string')
})

test('alternatives are listed by name, and "or null" is told by the type', () => {
  const Card = { type: 'object', properties: { number: { type: 'string' } } }
  const Iban = { title: 'Bank account', type: 'object', properties: { iban: { type: 'string' } } }
  const schemas = { Card, Iban }
  expect(linesOf(treeOf({ oneOf: [$ref('Card'), $ref('Iban')] }, schemas))).toEqual([
    '-: Card or Iban',
    '  Card: Card',
    '    number: string',
    '  Bank account: Iban',
    '    iban: string',
  ])
  expect(linesOf(treeOf({ anyOf: [$ref('Card'), { type: 'null' }] }, schemas))).toEqual([
    '-: Card or null',
    '  number: string',
  ])
})

test('what holds of a value is said in words', () => {
  const tree = treeOf({
    type: ['integer', 'null'],
    minimum: 1,
    maximum: 9,
    default: 3,
    enum: [1, 3, { a: 1 }],
    format: 'int32',
    readOnly: true,
  })
  expect(tree.type).toBe('integer or null')
  expect(tree.notes).toEqual([
    'format: int32',
    'default: 3',
    'at least 1',
    'at most 9',
    'one of: 1, 3, {"a":1}',
    'read only',
  ])
})

test('when the room ends, every field near the top still stands, and what is cut says so', () => {
  const deep = (levels: number): unknown =>
    levels === 0
      ? { type: 'string' }
      : { type: 'object', properties: { left: deep(levels - 1), right: deep(levels - 1) } }
  const small = treeOf(deep(10), {}, 1000)
  expect(small.children.map((child) => child.name)).toEqual(['left', 'right'])
  const cut = linesOf(small)
  expect(cut.length).toBeLessThan(20)
  expect(cut.some((line) => line.endsWith('(deep)'))).toBe(true)
  const chain = (levels: number): unknown =>
    levels === 0 ? { type: 'string' } : { type: 'object', properties: { next: chain(levels - 1) } }
  expect(linesOf(treeOf(chain(50)))).toHaveLength(9)
})

test('a schema with thousands of fields shows the first and says that it goes on', () => {
  const properties = Object.fromEntries(Array.from({ length: 5000 }, (_, at) => [`f${at}`, {}]))
  const tree = treeOf({ type: 'object', properties })
  expect(tree.children).toHaveLength(200)
  expect(tree.more).toBe('deep')
})

test('fields called like parts of objects in JavaScript are fields like any other', () => {
  const properties = JSON.parse('{"__proto__": {"type": "string"}, "constructor": {"type": "integer"}}')
  const part = { properties }
  expect(linesOf(treeOf({ allOf: [part, part] })).map((line) => line.trim())).toEqual([
    '-: object',
    '__proto__: string',
    'constructor: integer',
  ])
})
