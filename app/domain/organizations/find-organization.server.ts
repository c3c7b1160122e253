// The organization that a command is about, and what is told to whoever decided about it too late: what happened, and who did it.
import { eq } from 'drizzle-orm'
import type { DomainContext } from '~/domain/kernel/context'
import { type DomainError, domainError } from '~/domain/kernel/errors'
import type { OrganizationId } from '~/domain/kernel/ids'
import { organizations } from '~db/schema'
import { decider, deciderName, isDecider } from './decider.server'
import type { OrganizationState } from './organization'

const now: Record<OrganizationState, string> = {
  active: 'is active already',
  suspended: 'is suspended already',
  rejected: 'was rejected',
  pending: 'waits for a decision first',
}

/** Name and state before a command decides; null when there is none. */
export async function findOrganization(ctx: DomainContext, organizationId: OrganizationId) {
  const [row] = await ctx.db
    .select({
      name: organizations.name,
      state: organizations.state,
      isDefault: organizations.isDefault,
      deciderName,
    })
    .from(organizations)
    .leftJoin(decider, isDecider)
    .where(eq(organizations.id, organizationId))
  return row ?? null
}

export const noSuchOrganization = domainError('not_found', 'There is no such organization (any more).')

export async function explainOrganizationState(
  ctx: DomainContext,
  organizationId: OrganizationId,
): Promise<DomainError> {
  const found = await findOrganization(ctx, organizationId)
  if (!found) return noSuchOrganization
  if (found.isDefault) {
    return domainError(
      'default_protected',
      'The default organization is where everybody lands who registers. It can be renamed only.',
    )
  }
  const by = found.deciderName && found.state !== 'pending' ? ` (decided by ${found.deciderName})` : ''
  return domainError('already_decided', `The organization “${found.name}” ${now[found.state]}${by}.`)
}
