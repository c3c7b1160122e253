// A super admin lets the organization's apps go on. Those that are frozen by themselves stay so.
import type { SuperAdminActor } from '~/domain/kernel/actor'
import type { DomainContext } from '~/domain/kernel/context'
import type { Result } from '~/domain/kernel/result'
import { changeFreeze } from './change-freeze.server'

export function unfreezeOrganization(ctx: DomainContext<SuperAdminActor>): Promise<Result<null>> {
  return changeFreeze(ctx, 'unfrozen')
}
