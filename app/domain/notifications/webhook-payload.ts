// What a webhook says of an event: ids, and of its data only what this table names. Never a secret, a person's name or
// address, free text about a person, or where somebody acted from.
import type { EventData, EventType } from '~/domain/kernel/events'
import type { WebhookScope } from './webhook'

type Names = readonly string[]

const none: Names = []
const named: Names = ['name']
const renamed: Names = ['name', 'before']
const access: Names = ['app', 'products', 'plan', 'catalog', 'autoApproved', 'planBefore', 'planAfter']
const credential: Names = ['credential', 'hint', 'credentialType', 'app', 'products']
const planTerms: Names = ['name', 'limits', 'approval']
const document: Names = ['name', 'version', 'operations', 'breaking']

const publicFields: Record<EventType, Names> = {
  'user.registered': ['state'],
  'user.activated': none,
  'user.rejected': none,
  'user.deactivated': none,
  'user.invited': none,
  'user.invitation_withdrawn': none,
  'user.invitation_accepted': none,
  'admin.invited': none,
  'user.verification_requested': none,
  'user.email_verified': none,
  'user.registration_repeated': none,
  'user.password_reset_requested': none,
  'user.password_changed': none,
  'user.two_factor_changed': ['enabled'],
  'user.factor_changed': none,
  'user.logged_in': none,
  'user.logged_out': none,
  'user.added': ['state'],
  'user.changed': none,
  'user.deleted': none,
  'user.sessions_ended': none,
  'user.email_change_requested': none,
  'user.email_changed': none,
  'invite_code.created': ['uses'],
  'invite_code.changed': ['uses', 'active'],
  'invite_code.deleted': none,
  'admin.created': none,
  'api_token.created': ['name', 'scopes'],
  'api_token.revoked': named,
  'settings.changed': ['changed'],
  'settings.email_changed': none,
  'settings.email_reset': none,
  'organization.requested': named,
  'organization.created': named,
  'organization.approved': named,
  'organization.rejected': named,
  'organization.suspended': named,
  'organization.restored': named,
  'organization.frozen': named,
  'organization.unfrozen': named,
  'organization.renamed': renamed,
  'organization.deleted': named,
  'member.removed': none,
  'member.left': none,
  'member.role_changed': ['role', 'before'],
  'member.moved': none,
  'team.created': named,
  'team.renamed': renamed,
  'team.members_changed': named,
  'team.deleted': named,
  'catalog.created': named,
  'catalog.changed': named,
  'catalog.deleted': named,
  'product.created': named,
  'product.changed': named,
  'product.published': named,
  'product.unpublished': named,
  'product.deleted': named,
  'plan.created': planTerms,
  'plan.changed': planTerms,
  'plan.archived': named,
  'plan.restored': named,
  'plan.deleted': named,
  'api.created': named,
  'api.changed': named,
  'api.deleted': named,
  'api.document_imported': document,
  'api.document_restored': document,
  'api.gateway_changed': ['name', 'gateway', 'productId'],
  'guide.created': named,
  'guide.changed': named,
  'guide.published': named,
  'guide.unpublished': named,
  'guide.deleted': named,
  'app.created': named,
  'app.changed': ['name', 'nameBefore'],
  'app.frozen': named,
  'app.unfrozen': named,
  'app.transferred': ['name', 'ownerId', 'ownerIdBefore'],
  'app.deleted': ['name', 'ownerId'],
  'access_request.submitted': access,
  'access_request.approved': access,
  'access_request.rejected': access,
  'access_request.withdrawn': access,
  'access_request.revoked': access,
  'access_request.retired': access,
  'access_request.reminder': ['count'],
  'credential.issued': credential,
  'credential.revealed': credential,
  'credential.rotated': [...credential, 'newHint'],
  'credential.limits_changed': credential,
  'credential.retired': [...credential, 'why'],
  'credential.revoked': credential,
  'credential.expiring': [...credential, 'expiresAt', 'days'],
  'credential.expired': [...credential, 'expiresAt'],
  'credential.leaked': [...credential, 'revokes'],
  'credential.token_issued': credential,
  'quota.reached': [
    ...['app', 'plan', 'products', 'percent', 'used', 'limit', 'period', 'periodStart', 'periodEnd'],
  ],
  'gateway.created': ['name', 'kind'],
  'gateway.changed': named,
  'gateway.deleted': named,
  'gateway.resynchronized': named,
  'signing_key.created': none,
  'signing_key.deleted': none,
  'digest.collected': none,
  'delivery.sent_again': none,
  'delivery.retried': none,
  'delivery.cancelled': none,
  'webhook.created': named,
  'webhook.changed': named,
  'webhook.deleted': named,
  'webhook.secret_rotated': named,
  'webhook.paused': ['name', 'reason'],
  'webhook.resumed': named,
  'webhook.tested': named,
  'webhook.sent_again': ['name', 'count'],
}

export type ToldEvent = {
  type: EventType
  actorType: string
  actorId: string | null
  subjectType: string
  subjectId: string
  organizationId: string | null
  appId: string | null
  data: EventData
  createdAt: number
}

/** The body, the same text at each attempt: it is what is signed. An organization is not told which admin acted. */
export function webhookBody(event: ToldEvent, scope: WebhookScope): string {
  const { type, actorType, subjectType, subjectId, organizationId, appId } = event
  // An event that an older version wrote may have a type that this one does not know.
  const names = (publicFields as Partial<Record<string, Names>>)[type] ?? none
  const actorId = scope === 'organization' && actorType === 'admin' ? null : event.actorId
  return JSON.stringify({
    type,
    timestamp: new Date(event.createdAt).toISOString(),
    data: {
      subject: { type: subjectType, id: subjectId },
      actor: { type: actorType, id: actorId },
      organizationId,
      appId,
      ...Object.fromEntries(
        names.flatMap((name) => (event.data[name] === undefined ? [] : [[name, event.data[name]]])),
      ),
    },
  })
}
