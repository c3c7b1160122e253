// Every error that a command may answer, and its HTTP status. Pages, the API and the gateway read this one table.

export const errorStatus = {
  // what the caller sent
  invalid_input: 422,
  invalid_body: 400,
  body_too_large: 413,
  method_not_allowed: 405,
  cross_site_request: 403,
  unsupported_media_type: 415,
  idempotency_key_reused: 422,
  idempotency_key_in_use: 409,
  // who asks
  not_signed_in: 401,
  wrong_credentials: 401,
  sign_in_disabled: 403,
  approval_pending: 403,
  email_not_verified: 403,
  not_allowed: 403,
  proof_needed: 403,
  not_found: 404,
  too_many_attempts: 429,
  // the admin API
  missing_token: 401,
  invalid_token: 401,
  insufficient_scope: 403,
  // rules
  registration_disabled: 403,
  organization_registration_disabled: 403,
  token_invalid: 410,
  token_used: 410,
  already_decided: 409,
  conflict: 409,
  name_taken: 409,
  last_admin: 409,
  last_super_admin: 409,
  default_protected: 409,
  in_use: 409,
  cart_changed: 409,
  already_requested: 409,
  not_requestable: 409,
  secret_unavailable: 409,
  temporarily_unavailable: 503,
  internal_error: 500,
  // gateway
  missing_credential: 401,
  invalid_credential: 401,
  credential_revoked: 403,
  credential_expired: 403,
  credential_not_yet_valid: 403,
  ip_not_allowed: 403,
  method_not_allowed_by_key: 403,
  path_not_allowed_by_key: 403,
  product_not_allowed: 403,
  organization_suspended: 403,
  app_frozen: 403,
  unknown_api: 404,
  rate_limited: 429,
  quota_exceeded: 429,
  upstream_unreachable: 502,
  upstream_timeout: 504,
  gateway_unavailable: 503,
} as const satisfies Record<string, number>

export type DomainErrorCode = keyof typeof errorStatus

/** `message` is shown to people: what happened and what to do. `fields` marks form fields by name. */
export type DomainError = {
  code: DomainErrorCode
  message: string
  fields?: Record<string, string[]>
  retryAfterSeconds?: number
}

export function domainError(
  code: DomainErrorCode,
  message: string,
  more: { fields?: Record<string, string[]>; retryAfterSeconds?: number } = {},
): DomainError {
  return { code, message, ...more }
}

/** An error that belongs to one field of the form. */
export function fieldError(
  field: string,
  message: string,
  code: DomainErrorCode = 'invalid_input',
): DomainError {
  return { code, message, fields: { [field]: [message] } }
}

/** Thrown by `get…` queries and guards: what one may not see does not exist. Pages and the API answer 404. */
export class NotFoundError extends Error {
  override name = 'NotFoundError'
}
