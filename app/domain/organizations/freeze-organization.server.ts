// A super admin stops every app of the organization in one switch. It is the organization's own doing, apart from a suspension
// by the portal.
import type { SuperAdminActor } from '~/domain/kernel/actor'
import type { DomainContext } from '~/domain/kernel/context'
import type { Result } from '~/domain/kernel/result'
import { changeFreeze } from './change-freeze.server'

export function freezeOrganization(ctx: DomainContext<SuperAdminActor>): Promise<Result<null>> {
  return changeFreeze(ctx, 'frozen')
}
