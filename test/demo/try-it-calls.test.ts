// How Try it sends a call and reads the answer, in Node and against the demo's upstream: bounds, stops and failures.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Outcome, sendCall } from '~/ui/gateway/send-call'
import { startUpstream } from '~demo/upstream/server.mjs'

let upstream: Awaited<ReturnType<typeof startUpstream>>
beforeAll(async () => {
  upstream = await startUpstream({ port: 0 })
})
afterAll(() => upstream.close())

const limits = { timeoutMs: 10_000, maxBytes: 1_000_000 }
const never = new AbortController().signal

function send(path: string, changes: Partial<typeof limits> = {}, signal = never): Promise<Outcome> {
  const request = { method: 'GET', url: `${upstream.url}${path}`, headers: [], body: null }
  return sendCall({ ...request, headers: [['X-Trace', 'on']] }, 'the-key', signal, { ...limits, ...changes })
}

function textOf(outcome: Outcome): string {
  return outcome.kind === 'answer' ? new TextDecoder().decode(outcome.bytes) : outcome.kind
}

test('a call carries its headers and the key, and its answer is whole', async () => {
  const outcome = await send('/echo/x?a=1')
  expect(outcome).toMatchObject({ kind: 'answer', status: 200, cut: null })
  expect(JSON.parse(textOf(outcome))).toMatchObject({
    search: '?a=1',
    headers: { 'x-trace': 'on', authorization: 'Bearer the-key' },
  })
})

test('a slow answer ends at the time-out, and at a cancel before or while it is awaited', async () => {
  expect(await send('/slow?ms=5000', { timeoutMs: 100 })).toMatchObject({ kind: 'timeout' })
  const cancel = new AbortController()
  setTimeout(() => cancel.abort(), 100)
  expect(await send('/slow?ms=5000', {}, cancel.signal)).toMatchObject({ kind: 'cancel' })
  expect(await send('/slow?ms=5000', {}, AbortSignal.abort())).toMatchObject({ kind: 'cancel' })
})

test('of an answer that is stopped, or too large, what came is kept and the reason is told', async () => {
  const cancel = new AbortController()
  setTimeout(() => cancel.abort(), 300)
  const stopped = await send('/stream?chunks=100&ms=50', {}, cancel.signal)
  expect(stopped).toMatchObject({ kind: 'answer', cut: 'cancel' })
  expect(textOf(stopped)).toContain('chunk 1 of 100')
  expect(await send('/stream?chunks=100&ms=50', { timeoutMs: 300 })).toMatchObject({ cut: 'timeout' })
  const large = await send('/stream?chunks=20&ms=1', { maxBytes: 40 })
  expect(large).toMatchObject({ cut: 'size' })
  expect(textOf(large)).toHaveLength(40)
})

test('an answer without a body is an answer; a server that is not there is none', async () => {
  expect(await send('/status/204')).toMatchObject({ kind: 'answer', status: 204, cut: null })
  const gone = { method: 'GET', url: 'http://127.0.0.1:9/', headers: [], body: null }
  expect(await sendCall(gone, 'the-key', never, limits)).toMatchObject({ kind: 'unreachable' })
})
