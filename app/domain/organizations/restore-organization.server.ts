// Lets a suspended organization go on: what worked before works again.
import type { AdminActor } from '~/domain/kernel/actor'
import type { DomainContext } from '~/domain/kernel/context'
import type { OrganizationId } from '~/domain/kernel/ids'
import type { Result } from '~/domain/kernel/result'
import { changeStanding } from './change-standing.server'

export async function restoreOrganization(
  ctx: DomainContext<AdminActor>,
  organizationId: OrganizationId,
): Promise<Result<{ name: string }>> {
  return changeStanding(ctx, organizationId, { from: 'suspended', to: 'active', reason: '' })
}
