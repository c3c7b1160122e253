// The corpus of addresses that somebody may try, and what a server may do that is asked: nothing is sent to the first, and
// the second is cut off.
import { expect, test } from 'vitest'
import { documentAddressProblem, upstreamProblem } from '~/domain/catalog/public-address'
import { fetchDocument } from '~/platform/fetch-document'

const own = { origin: 'https://portal.test', gatewayOrigin: 'https://api.portal.test' }

const refused = [
  ...['', 'example.com/x', '//example.com', 'ftp://example.com/x', 'file:///etc/passwd', 'data:text/plain,x'],
  ...[
    'javascript:alert(1)',
    'gopher://example.com',
    'https:example.com',
    'https:\\\\example.com',
    'https://exa mple.com',
  ],
  ...[
    'https://user:pass@example.com/',
    'https://ok@evil.example/',
    'https://@example.com/',
    'https://a%40b@example.com/',
  ],
  ...[
    'http://127.0.0.1/',
    'http://2130706433/',
    'http://0x7f000001/',
    'http://0177.0.0.1/',
    'http://127.1/',
    'http://0/',
  ],
  ...[
    'http://[::1]/',
    'http://[::ffff:127.0.0.1]/',
    'http://[::ffff:7f00:1]/',
    'http://[fd00::1]/',
    'http://[::]/',
  ],
  ...[
    'http://10.0.0.1/',
    'http://192.168.0.1/',
    'http://172.16.0.1/',
    'http://169.254.169.254/latest/',
    'http://8.8.8.8/',
  ],
  ...['http://１２７.０.０.１/', 'http://127。0。0。1/', 'http://127.0.0.1./', 'http://%31%32%37.0.0.1/'],
  ...[
    'http://localhost/',
    'http://LOCALHOST./',
    'http://a.localhost/',
    'http://printer.local/',
    'http://x.internal/',
  ],
  ...[
    'http://metadata.google.internal/',
    'http://intranet/',
    'http://db.corp/',
    'http://router.home.arpa/',
    'http://a.lan/',
  ],
  ...['http://127.0.0.1.nip.io/', 'http://10-0-0-1.sslip.io/', 'http://localtest.me/', 'http://x.onion/'],
  ...[
    'https://example.com:22/',
    'https://example.com:8443/',
    'http://example.com:443/',
    'https://example.com:25/',
  ],
  ...[
    'https://portal.test/openapi.json',
    'https://PORTAL.test./',
    'https://api.portal.test/',
    'http://portal.test/',
  ],
]

test.each(refused)('%s is refused, and nothing is sent', async (address) => {
  expect(documentAddressProblem(address, own)).toEqual(expect.any(String))
  let calls = 0
  const fetcher = () => {
    calls += 1
    return Promise.resolve(new Response('{}'))
  }
  const answer = await fetchDocument(address, own, { fetcher })
  expect(answer.ok).toBe(false)
  expect(calls).toBe(0)
})

test.each([
  'https://example.com/openapi.json',
  'http://api.example.com/a?b=c',
  ' https://example.com:443/x ',
])('%s is fetched', (address) => {
  expect(documentAddressProblem(address, own)).toBeNull()
})

test('upstreams have the same bounds, but may answer at a high port; a portal on this machine may call it', () => {
  expect(upstreamProblem('https://example.com:8443/v1', own)).toBeNull()
  for (const bad of [
    'https://example.com:25/',
    'http://10.0.0.1/',
    'https://a:b@example.com/',
    'https://portal.test/x',
  ])
    expect(upstreamProblem(bad, own), bad).toEqual(expect.any(String))
  const demo = { origin: 'http://localhost:8787', gatewayOrigin: 'http://localhost:8787' }
  expect(upstreamProblem('http://127.0.0.1:9000/v1', demo)).toBeNull()
  expect(upstreamProblem('http://localhost:8787/gateway/a/b', demo)).toContain('the portal itself')
  expect(upstreamProblem('http://10.0.0.1/', demo)).toEqual(expect.any(String))
})

const at = 'https://docs.example.com/openapi.json'
const answering = (response: Response) => fetchDocument(at, own, { fetcher: () => Promise.resolve(response) })

test('a document is read as text, and what is none is told', async () => {
  expect(await answering(new Response('{"openapi":"3.1.0"}'))).toEqual({
    ok: true,
    text: '{"openapi":"3.1.0"}',
  })
  const problems: [Response, string][] = [
    [
      new Response('<!doctype html><p>Log in', { headers: { 'content-type': 'application/json' } }),
      'web page',
    ],
    [new Response(new Uint8Array([0xff, 0xfe, 0x00])), 'not a text'],
    [new Response('a\u0000b'), 'not a text'],
    [new Response(null, { status: 404 }), 'answered 404'],
    [new Response(null, { status: 302, headers: { location: 'http://169.254.169.254/' } }), 'not followed'],
    [new Response('x', { headers: { 'content-length': '9999999' } }), 'more than 5 MB'],
  ]
  for (const [response, part] of problems) {
    const answer = await answering(response)
    expect(answer.ok ? '' : answer.problem).toContain(part)
  }
})

test('a body without end is cut off at 5 MB', async () => {
  let sent = 0
  const endless = new ReadableStream<Uint8Array>({
    pull(controller) {
      sent += 1
      controller.enqueue(new Uint8Array(256 * 1024).fill(32))
    },
  })
  const answer = await answering(new Response(endless))
  expect(answer.ok ? '' : answer.problem).toContain('more than 5 MB')
  expect(sent).toBeLessThan(30)
})

test('a server that does not answer, or a byte at a time, is left after the time that it has', async () => {
  const silent = await fetchDocument('https://upstream.test/v1/~hang', own, { timeoutMs: 50 })
  expect(silent.ok ? '' : silent.problem).toContain('more than 10 seconds')
  const slow = await fetchDocument('https://upstream.test/v1/~stream/1000', own, { timeoutMs: 300 })
  expect(slow.ok ? '' : slow.problem).toContain('more than 10 seconds')
})

test('a server that answers is asked once, without cookies or a referrer, and its redirects are not followed', async () => {
  const asked: RequestInit[] = []
  const fetcher: typeof fetch = (_url, init) => {
    asked.push(init ?? {})
    return Promise.resolve(new Response('{}'))
  }
  await fetchDocument(at, own, { fetcher })
  expect(asked).toHaveLength(1)
  expect(asked[0]).toMatchObject({ redirect: 'manual' })
  expect(Object.keys(asked[0]?.headers ?? {}).sort()).toEqual(['accept', 'user-agent'])
})
