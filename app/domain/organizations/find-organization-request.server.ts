// What the commands about a requested organization know before they decide, and what a late click is told.
import { eq, sql } from 'drizzle-orm'
import type { DomainContext } from '~/domain/kernel/context'
import { type DomainError, domainError } from '~/domain/kernel/errors'
import type { OrganizationId } from '~/domain/kernel/ids'
import { organizations, users } from '~db/schema'
import { decider, deciderName, isDecider } from './decider.server'

export async function findOrganizationRequest(ctx: DomainContext, organizationId: OrganizationId) {
  const [row] = await ctx.db
    .select({
      name: organizations.name,
      state: organizations.state,
      requesterId: users.id,
      requesterName: sql<string | null>`trim(${users.firstName} || ' ' || ${users.lastName})`,
      deciderName,
    })
    .from(organizations)
    .leftJoin(users, eq(users.id, organizations.requestedById))
    .leftJoin(decider, isDecider)
    .where(eq(organizations.id, organizationId))
  return row ?? null
}

type Request = NonNullable<Awaited<ReturnType<typeof findOrganizationRequest>>>

export function organizationDecision({ name, state, deciderName }: Request): DomainError {
  const decision = state === 'rejected' ? 'rejected' : 'approved'
  const by = deciderName ? ` by ${deciderName}` : ''
  return domainError('already_decided', `The organization “${name}” was already ${decision}${by}.`)
}
