// Tests that need Node: import rules, the demo's documents and upstream, and the browser journeys.
import { defineConfig } from 'vitest/config'
import { aliases } from './vite.shared'

export default defineConfig({
  resolve: { alias: aliases },
  test: {
    include: ['test/architecture/*.test.ts', 'test/{demo,deploy,browser}/**/*.test.{ts,tsx}'],
    environment: 'node',
    testTimeout: 60_000,
    hookTimeout: 240_000,
    fileParallelism: false,
    // A busy machine may hold a page up until a click is lost: a journey is walked once more, a rule fails twice.
    retry: 1,
  },
})
