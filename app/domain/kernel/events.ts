// What can happen. An event is an audit entry; e-mails and webhooks are readings of it. `data` never holds a secret.

export const eventTypes = [
  'user.registered',
  'user.activated',
  'user.rejected',
  'user.deactivated',
  'user.invited',
  'user.invitation_withdrawn',
  'user.invitation_accepted',
  'admin.invited',
  'user.verification_requested',
  'user.email_verified',
  'user.registration_repeated',
  'user.password_reset_requested',
  'user.password_changed',
  'user.two_factor_changed',
  'user.factor_changed',
  'user.logged_in',
  'user.logged_out',
  'user.added',
  'user.changed',
  'user.deleted',
  'user.sessions_ended',
  'user.email_change_requested',
  'user.email_changed',
  'invite_code.created',
  'invite_code.changed',
  'invite_code.deleted',
  'admin.created',
  'api_token.created',
  'api_token.revoked',
  'settings.changed',
  'settings.email_changed',
  'settings.email_reset',
  'organization.requested',
  'organization.created',
  'organization.approved',
  'organization.rejected',
  'organization.suspended',
  'organization.restored',
  'organization.frozen',
  'organization.unfrozen',
  'organization.renamed',
  'organization.deleted',
  'member.removed',
  'member.left',
  'member.role_changed',
  'member.moved',
  'team.created',
  'team.renamed',
  'team.members_changed',
  'team.deleted',
  'catalog.created',
  'catalog.changed',
  'catalog.deleted',
  'product.created',
  'product.changed',
  'product.published',
  'product.unpublished',
  'product.deleted',
  'plan.created',
  'plan.changed',
  'plan.archived',
  'plan.restored',
  'plan.deleted',
  'api.created',
  'api.changed',
  'api.deleted',
  'api.document_imported',
  'api.document_restored',
  'api.gateway_changed',
  'guide.created',
  'guide.changed',
  'guide.published',
  'guide.unpublished',
  'guide.deleted',
  'app.created',
  'app.changed',
  'app.frozen',
  'app.unfrozen',
  'app.transferred',
  'app.deleted',
  'access_request.submitted',
  'access_request.approved',
  'access_request.rejected',
  'access_request.withdrawn',
  'access_request.revoked',
  'access_request.retired',
  'access_request.reminder',
  'credential.issued',
  'credential.revealed',
  'credential.rotated',
  'credential.limits_changed',
  'credential.retired',
  'credential.revoked',
  'credential.expiring',
  'credential.expired',
  'credential.leaked',
  'credential.token_issued',
  'quota.reached',
  'gateway.created',
  'gateway.changed',
  'gateway.deleted',
  'gateway.resynchronized',
  'signing_key.created',
  'signing_key.deleted',
  'delivery.sent_again',
  'delivery.retried',
  'delivery.cancelled',
  'webhook.created',
  'webhook.changed',
  'webhook.deleted',
  'webhook.secret_rotated',
  'webhook.paused',
  'webhook.resumed',
  'webhook.tested',
  'webhook.sent_again',
  'digest.collected',
] as const

export type EventType = (typeof eventTypes)[number]

/** Names and public fields as they were when it happened, so that the log reads the same when the things are gone. */
export type EventData = Record<string, string | number | boolean | null | string[]>

export type NewEvent = {
  type: EventType
  subjectType:
    | 'user'
    | 'organization'
    | 'team'
    | 'catalog'
    | 'product'
    | 'plan'
    | 'api'
    | 'guide'
    | 'app'
    | 'access_request'
    | 'credential'
    | 'settings'
    | 'invite_code'
    | 'api_token'
    | 'signing_key'
    | 'gateway'
    | 'delivery'
    | 'webhook'
  subjectId: string
  organizationId?: `org_${string}` | null
  appId?: `app_${string}` | null
  data?: EventData
}
