// Bundles for Node what fills a local database through the portal's own commands: the demo world, and with `--mode bench`
// the large world that the benchmarks read.
import { defineConfig } from 'vite'
import { aliases } from './vite.shared'

export default defineConfig(({ mode }) => {
  const name = mode === 'bench' ? 'bench' : 'seed'
  return {
    resolve: { alias: aliases },
    publicDir: false,
    build: {
      ssr: mode === 'bench' ? 'bench/world.ts' : 'db/seed.ts',
      outDir: `.cache/${name}`,
      target: 'node20',
      minify: false,
      rollupOptions: { output: { entryFileNames: `${name}.mjs` } },
    },
  }
})
