// Bundles db/seed.ts for Node, so that `npm start` can fill the local database through the portal's own commands.
import { defineConfig } from 'vite'
import { aliases } from './vite.shared'

export default defineConfig({
  resolve: { alias: aliases },
  publicDir: false,
  build: {
    ssr: 'db/seed.ts',
    outDir: '.cache/seed',
    target: 'node20',
    minify: false,
    rollupOptions: { output: { entryFileNames: 'seed.mjs' } },
  },
})
