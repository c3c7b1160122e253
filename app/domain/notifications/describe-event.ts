// An event as a sentence that follows its actor: "Ada Lovelace · approved access of Storefront to Payments (Pro)".
// It is made of the names of the moment, so that it reads the same when the things are gone.
import { describeLimitChanges } from '~/domain/apps/limit-changes'
import type { EventData, EventType } from '~/domain/kernel/events'
import { eventTypeLabel } from './audit-log'

type Describe = (data: EventData) => string

const name: Describe = (data) => quoted(data, 'name', 'something')
const person: Describe = (data) => {
  const [who, email] = [word(data, 'name'), word(data, 'email')]
  return who && email ? `${who} (${email})` : (who ?? email ?? 'a user')
}
const reason: Describe = (data) => (word(data, 'reason') ? `: “${word(data, 'reason')}”` : '')
const roles: Record<string, string> = { super_admin: 'Super admin', team_member: 'Team member' }
const role: Describe = (data) => {
  const now = roles[word(data, 'role') ?? '']
  return now ? ` to ${now}` : ''
}
const products: Describe = (data) => {
  const { products: list } = data
  return Array.isArray(list) && list.length > 0 ? list.join(', ') : 'products'
}
const terms: Describe = (data) => (word(data, 'plan') ? ` (${word(data, 'plan')})` : '')
const credential: Describe = (data) => {
  const [title, hint] = [word(data, 'credential') ?? word(data, 'name'), word(data, 'hint')]
  return `credential ${[title ? `“${title}”` : null, hint].filter(Boolean).join(' ')} of ${quoted(data, 'app', 'an app')}`.replace(
    / {2,}/g,
    ' ',
  )
}
const secondFactor: Describe = (data) => {
  if (data['change'] === 'replaced') return 'the recovery codes'
  const kind = word(data, 'factor') ?? 'second factor'
  const label = word(data, 'passkey')
  return `${/^[aeiou]/.test(kind) ? 'an' : 'a'} ${kind}${label ? ` “${label}”` : ''}`
}
const named =
  (verb: string): Describe =>
  (data) =>
    `${verb} ${name(data)}`
const renamed =
  (noun: string): Describe =>
  (data) =>
    `renamed the ${noun} ${quoted(data, 'before', 'something')} to ${name(data)}`
const membersChanged: Describe = (data) => {
  const parts = (['added', 'removed'] as const).map((what) => {
    const people = data[what]
    return Array.isArray(people) && people.length > 0 ? `${what} ${people.join(', ')}` : null
  })
  const said = parts.filter(Boolean).join('; ')
  return said ? `: ${said}` : ''
}

const whyPaused: Record<string, string> = {
  failing: ', which kept failing',
  gone: ', whose receiver answered that it is gone',
  by_admin: ' of the organization',
}

const change: Describe = (data) => (word(data, 'change') ? `: ${word(data, 'change')}` : '')
const documentVersion: Describe = (data) =>
  word(data, 'version') ? `version ${word(data, 'version')} of the document` : 'the document'

const sentences: Record<EventType, Describe> = {
  'user.registered': (data) =>
    `registered the account of ${person(data)}${data['state'] === 'pending' ? ', which waits for approval' : ''}${word(data, 'inviteCode') ? `, with the invite code ${word(data, 'inviteCode')}` : ''}`,
  'user.activated': (data) => `activated ${person(data)}`,
  'user.rejected': (data) => `rejected the registration of ${person(data)}${reason(data)}`,
  'user.deactivated': (data) => `disabled the account of ${person(data)}${reason(data)}`,
  'user.invited': (data) => `invited ${person(data)}`,
  'user.invitation_withdrawn': (data) => `withdrew the invitation of ${person(data)}`,
  'user.invitation_accepted': (data) => `accepted the invitation of ${person(data)}`,
  'admin.invited': (data) => `invited ${person(data)} as an admin`,
  'user.verification_requested': (data) => `asked ${person(data)} to confirm the email address`,
  'user.email_verified': (data) => `confirmed the email address of ${person(data)}`,
  'user.registration_repeated': (data) => `tried to register with the address of ${person(data)}`,
  'user.password_reset_requested': (data) => `asked for a link to reset the password of ${person(data)}`,
  'user.password_changed': (data) => `changed the password of ${person(data)}`,
  'user.two_factor_changed': (data) =>
    `turned two-factor authentication ${data['enabled'] === true ? 'on' : 'off'} for ${person(data)}`,
  'user.factor_changed': (data) =>
    `${word(data, 'change') ?? 'changed'} ${secondFactor(data)} of ${person(data)}`,
  'user.logged_in': (data) => (word(data, 'factor') ? `logged in, with ${secondFactor(data)}` : 'logged in'),
  'user.logged_out': () => 'logged out',
  'user.added': (data) => `added ${person(data)}`,
  'user.changed': (data) => `changed the profile of ${person(data)}`,
  'user.deleted': (data) => `deleted the account of ${person(data)}`,
  'user.sessions_ended': (data) => `ended sessions of ${person(data)}`,
  'user.email_change_requested': (data) => `asked to change the email address of ${person(data)}`,
  'user.email_changed': (data) =>
    `changed the email address of ${person(data)}${word(data, 'before') ? ` from ${word(data, 'before')}` : ''}`,
  'invite_code.created': (data) =>
    `created the invite code ${name(data)}${word(data, 'team') ? ` for ${word(data, 'team')} of ${word(data, 'organization')}` : ''}`,
  'invite_code.changed': (data) =>
    `${data['active'] === true ? 'activated' : data['active'] === false ? 'deactivated' : 'changed'} the invite code ${name(data)}`,
  'invite_code.deleted': named('deleted the invite code'),
  'api_token.created': named('created the API token'),
  'api_token.revoked': named('revoked the API token'),
  'admin.created': (data) => `made ${person(data)} an admin`,
  'settings.changed': () => 'changed the settings',
  'settings.email_changed': named('changed the words of the mail'),
  'settings.email_reset': named('gave the default words back to the mail'),
  'organization.requested': named('asked for the organization'),
  'organization.created': named('created the organization'),
  'organization.approved': named('approved the organization'),
  'organization.rejected': (data) => `rejected the organization ${name(data)}${reason(data)}`,
  'organization.suspended': (data) => `suspended the organization ${name(data)}${reason(data)}`,
  'organization.restored': named('restored the organization'),
  'organization.frozen': named('froze all apps of the organization'),
  'organization.unfrozen': named('unfroze the apps of the organization'),
  'organization.renamed': renamed('organization'),
  'organization.deleted': named('deleted the organization'),
  'member.removed': (data) => `removed ${person(data)} from the organization`,
  'member.left': () => 'left the organization',
  'member.role_changed': (data) => `changed the role of ${person(data)}${role(data)}`,
  'member.moved': (data) =>
    `moved ${person(data)} from ${quoted(data, 'from', 'an organization')} to ${quoted(data, 'to', 'another')}`,
  'team.created': named('created the team'),
  'team.renamed': renamed('team'),
  'team.members_changed': (data) => `changed who is in the team ${name(data)}${membersChanged(data)}`,
  'team.deleted': named('deleted the team'),
  'catalog.created': named('created the catalog'),
  'catalog.changed': (data) => `changed the catalog ${name(data)}${change(data)}`,
  'catalog.deleted': named('deleted the catalog'),
  'product.created': named('created the product'),
  'product.changed': (data) => `changed the product ${name(data)}${change(data)}`,
  'product.published': named('published the product'),
  'product.unpublished': named('unpublished the product'),
  'product.deleted': named('deleted the product'),
  'plan.created': named('created the plan'),
  'plan.changed': named('changed the plan'),
  'plan.archived': named('archived the plan'),
  'plan.restored': named('restored the plan'),
  'plan.deleted': named('deleted the plan'),
  'api.created': named('added the API'),
  'api.changed': named('changed the API'),
  'api.deleted': named('deleted the API'),
  'api.document_imported': (data) =>
    `imported ${documentVersion(data)} of the API ${name(data)}${data['breaking'] === true ? ', with breaking changes' : ''}`,
  'api.gateway_changed': (data) => `chose ${word(data, 'gateway') ?? 'a gateway'} for the API ${name(data)}`,
  'gateway.created': named('added the gateway'),
  'gateway.changed': (data) =>
    `changed the gateway ${name(data)}${data['secretChanged'] === true ? ' and its secret' : ''}`,
  'gateway.deleted': named('removed the gateway'),
  'gateway.resynchronized': named('resynchronized the gateway'),
  'api.document_restored': (data) => `brought back ${documentVersion(data)} of the API ${name(data)}`,
  'guide.created': named('created the guide'),
  'guide.changed': named('changed the guide'),
  'guide.published': named('published the guide'),
  'guide.unpublished': named('unpublished the guide'),
  'guide.deleted': named('deleted the guide'),
  'app.created': named('created the app'),
  'app.changed': named('changed the app'),
  'app.frozen': (data) => `froze the app ${name(data)}${reason(data)}`,
  'app.unfrozen': named('unfroze the app'),
  'app.transferred': (data) =>
    `gave the app ${name(data)} of ${quoted(data, 'from', 'somebody')} to ${quoted(data, 'to', 'somebody else')}`,
  'app.deleted': named('deleted the app'),
  'access_request.submitted': (data) =>
    `asked for access of ${quoted(data, 'app', 'an app')} to ${products(data)}${terms(data)}`,
  'access_request.approved': (data) =>
    `approved access of ${quoted(data, 'app', 'an app')} to ${products(data)}${terms(data)}`,
  'access_request.rejected': (data) =>
    `rejected access of ${quoted(data, 'app', 'an app')} to ${products(data)}${terms(data)}${reason(data)}`,
  'access_request.withdrawn': (data) =>
    `withdrew the request of ${quoted(data, 'app', 'an app')} for ${products(data)}${terms(data)}`,
  'access_request.revoked': (data) =>
    `revoked access of ${quoted(data, 'app', 'an app')} to ${products(data)}${terms(data)}`,
  'access_request.retired': (data) =>
    `changed the plan of ${quoted(data, 'app', 'an app')} for ${products(data)} from ${quoted(data, 'plan', 'one')} to ${quoted(data, 'planAfter', 'another')}`,
  'access_request.reminder': (data) =>
    `reminded the admins that ${Number(data['count'] ?? 1) === 1 ? 'an access request waits' : `${data['count']} access requests wait`} for a decision`,
  'credential.issued': (data) => `issued ${credential(data)}`,
  'credential.revealed': (data) => `revealed ${credential(data)}`,
  'credential.rotated': (data) => `rotated ${credential(data)}`,
  'credential.limits_changed': (data) =>
    [`changed the limits of ${credential(data)}`, describeLimitChanges(data)].filter(Boolean).join(': '),
  'credential.retired': (data) =>
    `ended ${credential(data)}, which was replaced${data['why'] === 'idle' ? ' and not used any more' : ''}`,
  'credential.revoked': (data) => `revoked ${credential(data)}`,
  'credential.expiring': (data) => `found that ${credential(data)} expires soon`,
  'credential.leaked': (data) => `heard that ${credential(data)} can be read in public`,
  'credential.expired': (data) => `found that ${credential(data)} has expired`,
  'credential.token_issued': (data) => `got an access token of ${credential(data)} to try a call`,
  'signing_key.created': () => 'made a key that signs access tokens',
  'signing_key.deleted': () => 'deleted a key that signed access tokens, after its last token had ended',
  'quota.reached': (data) =>
    `counted ${data['percent'] === 80 ? '80 % of a quota' : 'a quota'} of ${quoted(data, 'app', 'an app')}${terms(data)} used${data['percent'] === 80 ? '' : ' up'}`,
  'delivery.sent_again': (data) => `had ${name(data)} delivered again`,
  'delivery.retried': (data) => `had ${name(data)} tried at once`,
  'delivery.cancelled': (data) => `cancelled the delivery of ${name(data)}`,
  'webhook.created': named('added the webhook'),
  'webhook.changed': named('changed the webhook'),
  'webhook.deleted': named('deleted the webhook'),
  'webhook.secret_rotated': named('rotated the secret of the webhook'),
  'webhook.paused': (data) =>
    `paused the webhook ${name(data)}${whyPaused[word(data, 'reason') ?? ''] ?? ''}${word(data, 'note') ? `: “${word(data, 'note')}”` : ''}`,
  'webhook.resumed': named('resumed the webhook'),
  'webhook.tested': named('sent a test event to the webhook'),
  'webhook.sent_again': (data) =>
    `had ${data['count'] === 1 ? 'a delivery' : `${data['count'] ?? 'some'} deliveries`} to the webhook ${name(data)} sent again`,
  'digest.collected': (data) =>
    `collected ${data['count'] === 1 ? 'a notice' : `${data['count'] ?? 'some'} notices`} for a daily digest`,
}

/** What the actor did, without the actor: it begins in lower case. */
export function describeEvent(event: { type: EventType; data: EventData }): string {
  // An event that an older version wrote may have a type that this one does not know.
  const describe = sentences[event.type] as Describe | undefined
  return describe ? describe(event.data) : eventTypeLabel(event.type).toLowerCase()
}

function word(data: EventData, key: string): string | null {
  const value = data[key]
  return typeof value === 'string' && value !== '' ? value : null
}

function quoted(data: EventData, key: string, otherwise: string): string {
  const value = word(data, key)
  return value ? `“${value}”` : otherwise
}
