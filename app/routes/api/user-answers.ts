// A user as the API shows one: in a list, and alone with teams and the reason of the state. Never anything of a password.
import { z } from 'zod'
import { orgRoles, userStates } from '~/domain/accounts/account'
import { getUser } from '~/domain/accounts/queries-user.server'
import type { UserRow } from '~/domain/accounts/queries-users.server'
import type { AdminActor } from '~/domain/kernel/actor'
import type { DomainContext } from '~/domain/kernel/context'
import { idSchema, type UserId } from '~/domain/kernel/ids'
import { ok, type Result } from '~/domain/kernel/result'
import { time, timeOrNull, timeSchema } from './lists'

export const listedUser = z.strictObject({
  id: idSchema('usr'),
  first_name: z.string(),
  last_name: z.string(),
  email: z.string(),
  state: z.enum(userStates),
  org_role: z.enum(orgRoles).nullable().describe('Null for an admin.'),
  organization_id: idSchema('org').nullable().describe('Null for an admin.'),
  organization_name: z.string().nullable(),
  last_login_at: timeSchema.nullable(),
  created_at: timeSchema,
})

export const user = listedUser.extend({
  role: z.enum(['admin', 'developer']),
  state_reason: z.string().nullable(),
  teams: z.array(z.strictObject({ id: idSchema('team'), name: z.string() })),
})

type Shown = Pick<
  UserRow,
  | 'id'
  | 'firstName'
  | 'lastName'
  | 'email'
  | 'state'
  | 'orgRole'
  | 'organizationId'
  | 'organizationName'
  | 'lastLoginAt'
  | 'createdAt'
>

export function toListedUser(row: Shown): z.output<typeof listedUser> {
  return {
    id: row.id,
    first_name: row.firstName,
    last_name: row.lastName,
    email: row.email,
    state: row.state,
    org_role: row.orgRole,
    organization_id: row.organizationId,
    organization_name: row.organizationName,
    last_login_at: timeOrNull(row.lastLoginAt),
    created_at: time(row.createdAt),
  }
}

/** Throws NotFoundError. */
export async function oneUser(
  ctx: DomainContext<AdminActor>,
  userId: UserId,
): Promise<z.output<typeof user>> {
  const found = await getUser(ctx, userId)
  const { role, stateReason, teams } = found
  return { ...toListedUser(found), role, state_reason: stateReason, teams }
}

export async function changedUser(ctx: DomainContext<AdminActor>, userId: UserId, result: Result<unknown>) {
  return result.ok ? ok(await oneUser(ctx, userId)) : result
}
