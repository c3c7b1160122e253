// Stops an organization: the gateway refuses every credential of it, at once here and within seconds elsewhere. Its people
// can log in and read, and change nothing that needs an active organization.
import type { AdminActor } from '~/domain/kernel/actor'
import type { DomainContext } from '~/domain/kernel/context'
import type { OrganizationId } from '~/domain/kernel/ids'
import type { Result } from '~/domain/kernel/result'
import { changeStanding } from './change-standing.server'
import type { SuspendOrganizationInput } from './organization'

export async function suspendOrganization(
  ctx: DomainContext<AdminActor>,
  organizationId: OrganizationId,
  input: SuspendOrganizationInput,
): Promise<Result<{ name: string }>> {
  return changeStanding(ctx, organizationId, { from: 'active', to: 'suspended', reason: input.reason })
}
