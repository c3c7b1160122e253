// Tests in workerd, against the source, with the real D1, KV, Queues and Durable Objects.
import { mkdirSync } from 'node:fs'
import path from 'node:path'
import { cloudflareTest, readD1Migrations } from '@cloudflare/vitest-pool-workers'
import { vitePlugin as remix } from '@remix-run/dev'
import { defineConfig } from 'vitest/config'
import { answerAsMailChannels } from './test/support/mailchannels-double'
import { answerAsScanner } from './test/support/scanner-double'
import { answerAsTyk } from './test/support/tyk-double'
import { answerAsUpstream } from './test/support/upstream-double'
import { answerAsWebhookReceiver } from './test/support/webhook-double'
import { fontsAlias } from './vite.fonts'
import { aliases, remixFuture } from './vite.shared'

// wrangler.toml names the folder of static files; the tests need none in it.
mkdirSync(path.join(import.meta.dirname, 'build/client'), { recursive: true })

/** An upstream that answers what it was sent, the doubles of services, or a refusal. */
async function answerFromOutside(request: Request): Promise<Response> {
  const url = new URL(request.url)
  if (url.hostname === 'api.mailchannels.net') return answerAsMailChannels(request)
  if (url.href === 'https://scanner.test/keys') return answerAsScanner()
  if (url.hostname.endsWith('.tyk.test')) return answerAsTyk(request)
  if (url.hostname.endsWith('.hook.test')) return answerAsWebhookReceiver(request)
  if (url.hostname !== 'upstream.test')
    return new Response(`unexpected outbound call to ${url.hostname}`, { status: 599 })
  if (url.pathname.startsWith('/status/'))
    return new Response(null, { status: Number(url.pathname.split('/')[2]) })
  const hostile = await answerAsUpstream(request)
  if (hostile) return hostile
  const body = await request.text()
  return Response.json(
    {
      method: request.method,
      path: url.pathname,
      query: url.search,
      headers: Object.fromEntries(request.headers),
      body,
    },
    { headers: { 'set-cookie': 'upstream=1', 'x-upstream': 'yes' } },
  )
}

export default defineConfig(async () => ({
  resolve: { alias: [...aliases, await fontsAlias()], mainFields: ['module', 'main'] },
  plugins: [
    // Nested twice: keeps it out of Remix's child compiler, which flattens one level only.
    [
      cloudflareTest({
        main: './app/worker.ts',
        wrangler: { configPath: './wrangler.toml' },
        miniflare: {
          // The suites post far more than people do; the filter's own test brings a limiter of its own.
          ratelimits: { AUTH_LIMITER: { simple: { limit: 1_000_000, period: 60 } } },
          bindings: {
            PORTICO_ENV: 'test',
            PORTAL_ORIGIN: 'https://portal.test',
            MAIL_TRANSPORT: 'outbox',
            VAULT_KEYS: '1:AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=',
            SETUP_TOKEN: 'setup-token-of-the-tests',
            LEAK_REPORT_KEYS_URL: 'https://scanner.test/keys',
            // A real Tyk Gateway for the adapter's contract suite: docs/gateways.md.
            TYK_GATEWAY_SECRET: process.env['TYK_GATEWAY_SECRET'] ?? '',
            TYK_GATEWAY_ORG_ID: process.env['TYK_GATEWAY_ORG_ID'] ?? '',
            TYK_GATEWAY_API_ID: process.env['TYK_GATEWAY_API_ID'] ?? '',
            TEST_MIGRATIONS: await readD1Migrations(path.join(import.meta.dirname, 'migrations')),
          },
          // Every fetch that leaves the worker ends here.
          outboundService: async (request: Request) => {
            const answer = await answerFromOutside(request)
            // Node closes a connection after five idle seconds. workerd does not see it while it computes for longer, and the
            // next call on that connection is lost.
            answer.headers.set('connection', 'close')
            return answer
          },
        },
      }),
    ],
    remix({ serverModuleFormat: 'esm', future: remixFuture }),
  ],
  test: {
    include: [
      'test/{architecture/worker,asvs,attacks,domain,routes,worker,emails,ui,measured}/**/*.test.{ts,tsx}',
    ],
    setupFiles: ['./test/support/setup.ts'],
    isolate: false,
    // Forty at a time take their time on a small machine.
    testTimeout: 60_000,
    deps: {
      optimizer: {
        ssr: {
          enabled: true,
          include: [
            '@remix-run/cloudflare',
            '@remix-run/react',
            'react',
            'react/jsx-runtime',
            'react/jsx-dev-runtime',
            'react-dom/server',
            // Brings CommonJS packages along that workerd's loader does not take one by one.
            '@simplewebauthn/server',
          ],
        },
      },
    },
  },
}))
