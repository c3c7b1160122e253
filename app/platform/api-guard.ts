// The lock of the admin API: a bearer token (RFC 6750) with the scope that the operation needs. Nothing else opens it: a
// cookie is not even read, so no page of another site can borrow an admin's browser.

import { loadApiCaller } from '~/domain/accounts/api-caller.server'
import { type ApiScope, apiScopeLabels } from '~/domain/accounts/api-token'
import type { AdminActor } from '~/domain/kernel/actor'
import type { DomainContext } from '~/domain/kernel/context'
import { domainError } from '~/domain/kernel/errors'
import type { Id } from '~/domain/kernel/ids'
import { fail, ok, type Result } from '~/domain/kernel/result'
import type { RequestScope } from './scope'

export type ApiAdmission = {
  ctx: DomainContext<AdminActor>
  tokenId: Id<'tok'>
  /** The token as it was sent: keys the hashes of requests, so that the database alone cannot be searched for a body. */
  token: string
}

const missingToken = domainError(
  'missing_token',
  'Send an API token as "Authorization: Bearer prt_admin_…". An admin makes one in Settings › API tokens.',
)

export async function requireApiToken(
  args: { request: Request; scope: RequestScope },
  needed: ApiScope,
): Promise<Result<ApiAdmission>> {
  const token = /^Bearer +(\S+)$/i.exec(args.request.headers.get('authorization')?.trim() ?? '')?.[1]
  if (!token) return fail(missingToken)
  const caller = await loadApiCaller(args.scope.contextFor({ type: 'visitor' }), token)
  if (!caller.ok) return caller
  const { actor, tokenId, scopes } = caller.value
  if (!scopes.includes(needed)) {
    return fail(
      domainError(
        'insufficient_scope',
        `This token lacks the scope ${needed} (${apiScopeLabels[needed].toLowerCase()}).`,
      ),
    )
  }
  return ok({ ctx: args.scope.contextFor(actor), tokenId, token })
}
