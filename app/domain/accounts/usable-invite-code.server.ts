// Which invite codes let somebody in, as an SQL condition on `invite_codes`: known, active, not over, not used up, and of
// an organization that is active.
import { and, eq, gt, isNull, or, sql } from 'drizzle-orm'
import type { DomainContext } from '~/domain/kernel/context'
import { inviteCodes, organizations } from '~db/schema'

/** A condition that no code meets when `codeKey` is null. */
export function usableInviteCode(ctx: DomainContext, codeKey: string | null) {
  return and(
    codeKey === null ? sql`0` : eq(inviteCodes.codeKey, codeKey),
    eq(inviteCodes.active, true),
    or(isNull(inviteCodes.expiresAt), gt(inviteCodes.expiresAt, ctx.now)),
    sql`${inviteCodes.uses} < ${inviteCodes.maxUses}`,
    sql`exists (select 1 from ${organizations} where ${organizations.id} = ${inviteCodes.organizationId} and ${organizations.state} = 'active')`,
  )
}
