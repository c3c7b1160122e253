/// <reference types="@cloudflare/vitest-pool-workers/types" />

declare namespace Cloudflare {
  // biome-ignore lint/style/useConsistentTypeDefinitions: only an interface can be added to
  interface Env {
    TEST_MIGRATIONS: import('cloudflare:test').D1Migration[]
  }
}
