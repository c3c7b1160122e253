// Bundles what fills a local database through the portal's own commands: a worker that makes the demo world, and with
// `--mode bench` the large world that the benchmarks read, for Node. `--mode pass-through` makes the worker that the gateway
// is compared with.
import { defineConfig } from 'vite'
import { aliases, forWorkers } from './vite.shared'

const entries: Record<string, string> = {
  bench: 'bench/world.ts',
  'pass-through': 'bench/pass-through.ts',
}

export default defineConfig(({ mode }) => {
  const name = mode in entries ? mode : 'seed'
  return {
    resolve: { alias: aliases },
    publicDir: false,
    ssr: name === 'seed' ? forWorkers : {},
    build: {
      ssr: entries[mode] ?? 'db/seed-worker.ts',
      outDir: `.cache/${name}`,
      target: 'node20',
      minify: false,
      rollupOptions: { output: { entryFileNames: `${name}.mjs` } },
    },
  }
})
