// Who may import whom: the table of docs/architecture.md, checked file by file.
import { expect, test } from 'vitest'
import { resolveImport, type Source, sourcesUnder } from './sources'

const moduleOrder = [
  'kernel',
  'settings',
  'accounts',
  'organizations',
  'catalog',
  'apps',
  'access-requests',
  'gateway',
  'notifications',
]

const sources = sourcesUnder('app', 'db', 'test')

function isPackage(target: string): boolean {
  return !/^(app|db|demo|test)(\/|$)/.test(target)
}

function moduleOf(path: string): string | null {
  return /^app\/domain\/([^/]+)\//.exec(path)?.[1] ?? null
}

/** Server files end in `.server`; of them, a later module may use queries, and statements for a batch of its own. */
function isServer(path: string): boolean {
  return /\.server(\.ts)?$/.test(path)
}

function isQuery(path: string): boolean {
  return (
    /(queries|visibility|viewer|-statements)\.server$/.test(path) || /\/queries-[\w-]+\.server$/.test(path)
  )
}

function allowed(source: Source, target: string): boolean {
  const { path } = source
  if (path.startsWith('db/seed')) return true
  if (path.startsWith('db/')) {
    return (
      target.startsWith('drizzle-orm') || target.startsWith('db/') || target.startsWith('app/domain/kernel/')
    )
  }
  const from = moduleOf(path)
  if (from === 'kernel') {
    return (
      ['zod', 'ulid'].includes(target) ||
      target.startsWith('app/domain/kernel/') ||
      (path.endsWith('/context.ts') && target === 'db/client')
    )
  }
  if (from) {
    const to = moduleOf(target)
    const earlier = to !== null && moduleOrder.indexOf(to) < moduleOrder.indexOf(from)
    const pureTarget = to !== null && !isServer(target)
    if (target === 'zod' || (from === 'catalog' && target === 'yaml')) return true
    if (to === from) return isServer(path) || pureTarget
    if (earlier && pureTarget) return true
    if (!isServer(path))
      return (
        target === 'db/schema' &&
        source.text.includes('import type { ') &&
        /settings\/settings\.ts$/.test(path)
      )
    return target.startsWith('drizzle-orm') || target.startsWith('db/') || (earlier && isQuery(target))
  }
  if (path.startsWith('app/emails/')) {
    return target === 'react' || target.startsWith('react-dom/server') || target.startsWith('app/emails/')
  }
  if (path.startsWith('app/ui/')) {
    const own = /^app\/ui\/([^/]+)\//.exec(path)?.[1]
    if (path.endsWith('/passkey-questions.ts') && target === '@simplewebauthn/browser') return true
    if (['react', '@remix-run/react', 'lucide-react'].includes(target)) return true
    if (target.startsWith('app/ui/') || target === 'app/domain/kernel/number') return true
    return own !== undefined && !isServer(target) && target.startsWith('app/domain/')
  }
  if (path.startsWith('app/platform/')) {
    return isPackage(target) || /^app\/(platform|domain|emails)\//.test(target) || target === 'db/client'
  }
  if (path.startsWith('app/routes/')) {
    if (isPackage(target))
      return ['react', '@remix-run/react', '@remix-run/cloudflare', 'lucide-react', 'zod'].includes(target)
    // A page with private neighbours, and the operations of the API, which are one table.
    const folder = /\/route\.tsx$|^app\/routes\/api\//.test(path)
      ? path.slice(0, path.lastIndexOf('/'))
      : null
    return /^app\/(platform|domain|ui)\//.test(target) || (folder !== null && target.startsWith(`${folder}/`))
  }
  if (path === 'app/routes.ts' || path.startsWith('app/route-tables/')) {
    return target === '@remix-run/route-config' || target.startsWith('app/route-tables/')
  }
  if (path === 'app/worker.ts') {
    return (
      target.startsWith('app/platform/') ||
      target === 'app/routes/api/operations' ||
      target === '@remix-run/cloudflare' ||
      target === 'virtual:remix/server-build'
    )
  }
  return true
}

test('every file imports only what its room allows', () => {
  const broken = sources
    .filter((source) => !source.path.startsWith('test/'))
    .flatMap((source) =>
      source.imports
        .map((specifier) => resolveImport(source.path, specifier))
        .filter((target) => !allowed(source, target))
        .map((target) => `${source.path} → ${target}`),
    )
  expect(broken).toEqual([])
})

test('nobody imports notifications but the platform and its own routes', () => {
  const broken = sources
    .filter((source) => source.path.startsWith('app/domain/') && moduleOf(source.path) !== 'notifications')
    .filter((source) =>
      source.imports.some((specifier) =>
        resolveImport(source.path, specifier).includes('domain/notifications'),
      ),
    )
  expect(broken.map((source) => source.path)).toEqual([])
})

test('a table of addresses has the routes of one audience, and all of them', () => {
  const files = sources.map(({ path }) => path).filter((path) => /^app\/routes\/(?!api\/)/.test(path))
  for (const audience of ['public', 'auth', 'consumer', 'admin', 'dev']) {
    const table = sources.find(({ path }) => path === `app/route-tables/${audience}.ts`)?.text ?? ''
    const named = [...table.matchAll(/'routes\/([\w-]+)\/[^']+\.tsx?'/g)]
    expect(named.length, audience).toBeGreaterThan(0)
    expect(new Set(named.map(([, folder]) => folder))).toEqual(new Set([audience]))
    const missing = files
      .filter((path) => path.startsWith(`app/routes/${audience}/`))
      // A page's neighbours, the frames, which `routes.ts` has, and what stands in the table of webhooks.
      .filter((path) => path.endsWith('/route.tsx') || path.split('/').length === 4)
      .filter((path) => !/\/(?:layout\.tsx|webhooks?(?:-[\w-]+)?\.tsx?)$/.test(path))
      .filter((path) => !table.includes(path.slice('app/'.length)))
    expect(missing).toEqual([])
  }
})

test('no path climbs out of its folder: aliases say where a file lives', () => {
  const broken = sources.filter((source) => source.imports.some((specifier) => specifier.startsWith('../')))
  expect(broken.map((source) => source.path)).toEqual([])
})

test('routes take their context from a guard in every loader and action', () => {
  const broken = sources
    .filter((source) => source.path.startsWith('app/routes/') || source.path === 'app/root.tsx')
    .flatMap((source) =>
      [...source.text.matchAll(/export (?:async )?function (loader|action)\([^)]*\)[^{]*\{\n\s*([^\n]+)/g)]
        .filter(
          ([, , first]) =>
            !/require(Visitor|Reader|ReaderFor|User|Developer|SuperAdmin|Admin|Development)\(/.test(
              first ?? '',
            ),
        )
        .map(([, name]) => `${source.path} ${name}`),
    )
  expect(broken).toEqual([])
})

test('the code never uses what D1, the mails or the security rules forbid', () => {
  const forbidden: [RegExp, string, RegExp?][] = [
    [/\.transaction\(/, 'D1 has no interactive transactions'],
    [/[^\w.]like\(/, 'LIKE patterns over 50 bytes fail'],
    [/sql\.raw\(/, 'SQL is never concatenated'],
    [/process\.env/, 'bindings only'],
    [/Math\.random\(/, 'randomness comes from Web Crypto', /app\/domain\/notifications\//],
    [
      /dangerouslySetInnerHTML/,
      'only the component for sanitized HTML',
      /app\/ui\/(rendered-html|catalog\/rendered-html)\.tsx$/,
    ],
    [/createWorkersKVSessionStorage/, 'sessions are in D1'],
    [/\bTODO\b|\bFIXME\b/, 'nothing is left to do later'],
  ]
  const broken = sources
    .filter((source) => source.path.startsWith('app/'))
    .flatMap((source) =>
      forbidden
        .filter(([pattern, , except]) => pattern.test(source.text) && !except?.test(source.path))
        .map(([, why]) => `${source.path}: ${why}`),
    )
  expect(broken).toEqual([])
})
