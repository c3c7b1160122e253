// Tokens of the admin API: what they may be used for, how long, and in which state they are. A token acts as the admin who
// made it, within its scopes, and stops with that admin. /prt_admin_[0-9A-Za-z]{38}/ finds a leaked one.
import { z } from 'zod'
import { isWellFormedKey, newSecretKey } from '~/domain/kernel/secret-key'
import { lineSchema } from '~/domain/kernel/text'

const prefix = 'prt_admin_'

export function newApiToken(): string {
  return newSecretKey(prefix)
}

/** True for a text that `newApiToken` could have made: anything else is refused without a lookup. */
export function isWellFormedApiToken(text: string): boolean {
  return isWellFormedKey(prefix, text)
}

/** What of a token is shown once it is hidden. */
export function maskedApiToken(hint: string): string {
  return `${prefix}…${hint}`
}

export const apiResources = [
  'organizations',
  'teams',
  'users',
  'apps',
  'credentials',
  'access-requests',
  'plans',
  'catalogs',
  'deliveries',
  'webhooks',
  'gateways',
  'settings',
  'products',
  // Read only: last, so that on the page each of the others has its two side by side.
  'events',
  'usage',
] as const
type ApiResource = (typeof apiResources)[number]
/** What happened cannot be written. */
export type ApiScope = Exclude<`${ApiResource}:${'read' | 'write'}`, 'events:write' | 'usage:write'>

export const apiScopes: readonly ApiScope[] = apiResources.flatMap((resource): ApiScope[] =>
  resource === 'events' || resource === 'usage'
    ? [`${resource}:read`]
    : [`${resource}:read`, `${resource}:write`],
)

export const apiScopeLabels: Record<ApiScope, string> = {
  'organizations:read': 'Read organizations',
  'organizations:write': 'Create and change organizations',
  'teams:read': 'Read teams',
  'teams:write': 'Create and change teams, and who is in them',
  'users:read': 'Read users and members',
  'users:write': 'Create and change users',
  'apps:read': 'Read apps',
  'apps:write': 'Create, change, freeze and delete apps',
  'credentials:read': 'Read credentials, never their secrets',
  'credentials:write': 'Rotate and revoke credentials',
  'access-requests:read': 'Read access requests',
  'access-requests:write': 'Approve, reject and revoke access',
  'plans:read': 'Read plans',
  'plans:write': 'Create, change, archive and delete plans',
  'catalogs:read': 'Read catalogs, what they offer and to whom',
  'catalogs:write': 'Create, change and delete catalogs, what they offer and to whom',
  'events:read': 'Read the audit log, addresses of people included',
  'deliveries:read': 'Read deliveries, addresses of people included',
  'deliveries:write': 'Retry, cancel and repeat deliveries',
  'webhooks:read': 'Read webhooks, never their secrets',
  'webhooks:write': 'Create, change, test and delete webhooks, and receive their new secrets',
  'gateways:read': 'Read external gateways, never their secrets',
  'gateways:write': 'Add, change, resynchronize and delete external gateways',
  'settings:read': 'Read the texts of emails',
  'settings:write': 'Change the texts of emails',
  'usage:read': 'Read the usage of all apps',
  'products:read': 'Read products, their APIs, documents and guides',
  'products:write': 'Create, change, publish and delete products, APIs, documents and guides',
}

/** Days that a token can live. None lives for ever: one that is forgotten ends by itself. */
export const apiTokenLifetimes = ['7', '30', '90', '365'] as const

export const createApiTokenInput = z.object({
  name: lineSchema('Name', 1, 80),
  scopes: z
    .array(z.enum(apiScopes, { error: 'Choose among these scopes.' }))
    .min(1, 'Choose what the token may do.')
    .max(apiScopes.length, 'Choose each scope once.')
    .transform((chosen) => apiScopes.filter((scope) => chosen.includes(scope) || writes(chosen, scope))),
  lifetimeDays: z.enum(apiTokenLifetimes, { error: 'Choose how long the token works.' }).transform(Number),
})
export type CreateApiTokenInput = z.output<typeof createApiTokenInput>

/** An answer to a change shows what was changed, so whoever writes reads too. */
function writes(chosen: readonly ApiScope[], scope: ApiScope): boolean {
  return chosen.some((other) => other === scope.replace(/:read$/, ':write'))
}

export const apiTokenStates = ['active', 'expired', 'revoked', 'stopped'] as const
export type ApiTokenState = (typeof apiTokenStates)[number]

export const apiTokenStateLabels: Record<ApiTokenState, string> = {
  active: 'Active',
  expired: 'Expired',
  revoked: 'Revoked',
  stopped: 'Stopped',
}

type ApiTokenFacts = { revokedAt: number | null; expiresAt: number | null; ownerIsActiveAdmin: boolean }

/** Why a token opens nothing; the first reason in this order. */
export function apiTokenState(token: ApiTokenFacts, now: number): ApiTokenState {
  if (token.revokedAt !== null) return 'revoked'
  if (token.expiresAt !== null && token.expiresAt <= now) return 'expired'
  return token.ownerIsActiveAdmin ? 'active' : 'stopped'
}
