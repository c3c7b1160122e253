// Before each test file: an empty, migrated database, and an isolate that remembers no key of the one before. An unexpected console.error fails the test that caused it.
import { applyD1Migrations, reset } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { afterEach, beforeEach, expect, vi } from 'vitest'
import { signingKeyring } from '~/platform/signing-keyring'

await reset()
await applyD1Migrations(env.DB, env.TEST_MIGRATIONS)
signingKeyring.forget()

let errors: unknown[][] = []

beforeEach(() => {
  errors = []
  vi.spyOn(console, 'error').mockImplementation((...args: unknown[]) => {
    errors.push(args)
  })
})

afterEach(() => {
  const unexpected = errors
  errors = []
  vi.restoreAllMocks()
  vi.useRealTimers()
  expect(unexpected, 'console.error was called').toEqual([])
})

/** For a test that causes an error on purpose: what was logged so far, which then no longer fails it. */
export function takeLoggedErrors(): string[] {
  const taken = errors.map((args) => args.map(String).join(' '))
  errors = []
  return taken
}
