// What the build, the tests and the seed agree on: the aliases, what workerd needs, and Remix's flags.
import path from 'node:path'

const root = import.meta.dirname

export const aliases = [
  { find: /^~\//, replacement: `${path.join(root, 'app')}/` },
  { find: /^~db\//, replacement: `${path.join(root, 'db')}/` },
  { find: /^~demo\//, replacement: `${path.join(root, 'demo')}/` },
  { find: /^~scripts\//, replacement: `${path.join(root, 'scripts')}/` },
  { find: /^~test\//, replacement: `${path.join(root, 'test')}/` },
]

/** A build that runs in workerd: it finds no packages beside it, so all are bundled. */
export const forWorkers = {
  target: 'webworker' as const,
  noExternal: true as const,
  resolve: { conditions: ['workerd', 'worker', 'browser'] },
}

export const remixFuture = {
  v3_fetcherPersist: true,
  v3_relativeSplatPath: true,
  v3_throwAbortReason: true,
  v3_lazyRouteDiscovery: true,
  v3_singleFetch: true,
  v3_routeConfig: true,
} as const
