// Whatever is sent to the admin API: an answer that says what is wrong and where, never a 500. And lists that are walked
// by cursor show everything exactly once.
import { beforeEach, expect, test } from 'vitest'
import { apiOperations } from '~/routes/api/operations'
import { apiClient, callApi } from '~test/support/api'
import * as world from '~test/support/world'
import { calls } from './calls'

let client: Awaited<ReturnType<typeof apiClient>>
// One token makes six hundred requests a minute.
beforeEach(async () => {
  client = await apiClient()
})

const strange: Record<string, unknown> = {
  null: null,
  number: 1e308,
  negative: -1,
  empty: '',
  long: 'x'.repeat(20_000),
  nul: 'a\u0000b',
  'line break': 'a\r\nBcc: someone@people.example',
  'half a pair': '\ud800',
  list: ['one', 'two'],
  'deep list': [[[[]]]],
  object: { $ne: null },
  boolean: true,
  markup: `'"><script>alert(1)</script>`,
}

const changing = apiOperations.filter(({ method }) => method === 'POST' || method === 'PATCH')

test.each(changing.map((operation) => [operation.id, operation] as const))(
  '%s: odd values in each field are answered below 500, and unknown fields refused',
  async (id, { method, body: takes }) => {
    const { path, body = {} } = (await calls[id]?.()) ?? { path: '' }
    const fields = Object.keys(takes?.schema.shape ?? {})
    for (const value of Object.values(strange)) {
      for (const field of fields) {
        const answer = await client.call(method, path, { ...body, [field]: value })
        expect(answer.status, `${field} ${JSON.stringify(value).slice(0, 40)}: ${answer.text}`).toBeLessThan(
          500,
        )
        if (answer.status === 422) expect(answer.body.errors[0].pointer).toMatch(/^\//)
      }
      const whole = await client.call(method, path, value)
      if (value === null || typeof value !== 'object' || Array.isArray(value))
        expect([whole.status, whole.body.code]).toEqual([422, 'invalid_input'])
    }
    for (const extra of ['id', 'role', 'state', 'constructor', 'firstName', 'a/b~c']) {
      const answer = await client.call(method, path, { ...body, [extra]: 'x' })
      expect([answer.status, answer.body.code], extra).toEqual([422, 'invalid_input'])
    }
  },
)

const post = (raw: BodyInit, headers: Record<string, string>) =>
  callApi('POST', '/organizations', { token: client.token, raw, headers })
const json = { 'content-type': 'application/json' }

test('a body that is no JSON, of another type, or too large is refused with 400, 415 and 413', async () => {
  for (const text of ['{', '{"name":', 'name=x', "{'name':1}", '\u0000', '[1,]']) {
    const answer = await post(text, json)
    expect([answer.status, answer.body.code], text).toEqual([400, 'invalid_body'])
  }
  expect((await post(new Uint8Array([0x22, 0xff, 0xfe, 0x22]), json)).status).toBe(400)
  for (const type of ['application/x-www-form-urlencoded', 'text/plain', 'application/xml', '']) {
    const answer = await post('{"name":"Abc"}', { 'content-type': type })
    expect([answer.status, answer.body.code], type).toEqual([415, 'unsupported_media_type'])
  }
  const large = await post(JSON.stringify({ name: 'x'.repeat(70_000) }), json)
  expect([large.status, large.body.code]).toEqual([413, 'body_too_large'])
  const deep = await post(`${'['.repeat(30_000)}${']'.repeat(30_000)}`, json)
  expect(deep.status).toBeLessThan(500)
  expect(
    (await post('{"name":"Charset Ltd"}', { 'content-type': 'application/json; charset=utf-8' })).status,
  ).toBe(201)
})

test('fields of prototypes and fields that come twice do no harm', async () => {
  for (const text of [
    '{"__proto__":{"name":"x"}}',
    '{"name":"Proto Ltd","__proto__":{"a":1}}',
    '{"constructor":1}',
  ]) {
    const answer = await post(text, json)
    expect(answer.status, text).toBe(422)
  }
  expect(({} as Record<string, unknown>)['a']).toBeUndefined()
})

test('a list refuses parameters that it does not know, that come twice, or that have no such value', async () => {
  for (const query of [
    'stat=active',
    'state=ACTIVE',
    'state=active&state=active',
    'limit=0',
    'limit=101',
    'limit=1.5',
    'limit=x',
    'cursor=x',
    'cursor=',
    `cursor=${'x'.repeat(500)}`,
    `q=${'x'.repeat(201)}`,
    '__proto__=1',
    'toString=1',
  ]) {
    const answer = await client.call('GET', `/organizations?${query}`)
    expect([answer.status, answer.body.code], query).toEqual([422, 'invalid_input'])
    expect(answer.body.errors[0].parameter, query).toBe(query.slice(0, query.indexOf('=')))
  }
  for (const query of ['organization_id=x', 'team_id=org_1', 'org_role=admin'])
    expect((await client.call('GET', `/users?${query}`)).status, query).toBe(422)
  for (const query of [
    'q=%27%22%3B--',
    'q=%00',
    'q=%F0%9F%91%A9',
    'q=%25_',
    'cursor=WzEsMl0',
    'cursor=WyJ4IiwieSJd',
  ])
    expect((await client.call('GET', `/users?${query}`)).status, query).toBeLessThan(500)
})

test('walking a list by its cursors shows everything exactly once, newest first, whatever the size of a page', async () => {
  const word = crypto.randomUUID().slice(0, 8)
  const made: string[] = []
  for (let number = 0; number < 7; number += 1)
    made.push((await world.organization({ name: `${word} ${number}` })).id)
  for (const limit of [1, 3, 7, 100]) {
    const seen: string[] = []
    let cursor: string | null = null
    do {
      const at: string = cursor ? `&cursor=${encodeURIComponent(cursor)}` : ''
      const page = await client.call('GET', `/organizations?q=${word}&limit=${limit}${at}`)
      expect(page.body.data.length).toBeLessThanOrEqual(limit)
      seen.push(...page.body.data.map((one: { id: string }) => one.id))
      cursor = page.body.next_cursor
    } while (cursor)
    expect([...seen].sort(), String(limit)).toEqual([...made].sort())
  }
  const place = await world.organization()
  const people: string[] = []
  for (let number = 0; number < 5; number += 1)
    people.push((await world.developer({ organizationId: place.id })).userId)
  for (const list of [`/organizations/${place.id}/members`, `/teams/${place.allUsersId}/members`]) {
    const first = await client.call('GET', `${list}?limit=3`)
    const second = await client.call('GET', `${list}?limit=3&cursor=${first.body.next_cursor}`)
    const ids = [...first.body.data, ...second.body.data].map((one: { id: string }) => one.id)
    expect(ids.sort(), list).toEqual([...people].sort())
    expect(second.body.next_cursor).toBeNull()
  }
})
