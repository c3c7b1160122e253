// The plan that a command is about, as it is called now.
import { eq } from 'drizzle-orm'
import type { DomainContext } from '~/domain/kernel/context'
import { domainError } from '~/domain/kernel/errors'
import type { Id } from '~/domain/kernel/ids'
import { plans } from '~db/schema'

export const noSuchPlan = domainError('not_found', 'This plan does not exist (any more).')

export async function findPlan({ db }: DomainContext, planId: Id<'pln'>) {
  const [found] = await db.select({ name: plans.name }).from(plans).where(eq(plans.id, planId))
  return found ?? null
}
