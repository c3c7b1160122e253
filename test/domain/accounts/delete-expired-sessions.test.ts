import { expect, test } from 'vitest'
import { deleteExpiredSessions } from '~/domain/accounts/delete-expired-sessions.server'
import { attemptCounters, consumedTokens, sessions } from '~db/schema'
import { contextFor, db } from '~test/support/context'
import * as world from '~test/support/world'

const day = 86_400_000

test('what is over is deleted, what still counts stays', async () => {
  const now = Date.now()
  const { userId } = await world.developer()
  await world.session(userId)
  await world.session(userId, { expiresAt: now - 1 })
  await world.session(userId, { lastSeenAt: now - day, idleSeconds: 3600 })
  await db.insert(attemptCounters).values([
    { key: 'over', attempts: 3, resetsAt: now - 1 },
    { key: 'counting', attempts: 3, resetsAt: now + 60_000 },
  ])
  const token = { purpose: 'password_reset' as const, redemptionId: 'r', userId }
  await db.insert(consumedTokens).values([
    { tokenHash: 'old', ...token, consumedAt: now - 31 * day },
    { tokenHash: 'recent', ...token, consumedAt: now - 8 * day },
  ])
  await deleteExpiredSessions(contextFor({ type: 'system' }, now))
  expect(await db.select().from(sessions)).toHaveLength(1)
  expect((await db.select().from(attemptCounters)).map((row) => row.key)).toEqual(['counting'])
  expect((await db.select().from(consumedTokens)).map((row) => row.tokenHash)).toEqual(['recent'])
})
