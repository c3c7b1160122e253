// Which event is told to whom, by which mail: the table of the notifications, and nothing but it.
// Nobody gets a mail about their own click, unless the mail guards an account or is what was asked for (`alsoToActor`).
import type { MailChoice } from '~/domain/accounts/mail-choices'
import type { EventData, EventType } from '~/domain/kernel/events'

export type Audience =
  | 'subject' // the user whom the event is about
  | 'admins' // the notification address, or else every active admin
  | 'requester' // who asked for the access or for the organization
  | 'app_owner'
  | 'named_owners' // whose app it was and is, by the event
  | 'app_owners' // of the event's organization
  | 'super_admins' // of the event's organization
  | 'new_address' // the address that the subject wants to have
  | 'old_address' // the address that the subject had

export type UserState = 'invited' | 'pending' | 'active' | 'rejected' | 'deactivated'

type MailKind = {
  /** For the list of deliveries. */
  label: string
  /** A user in any other state gets no such mail, however late it is sent. */
  recipientStates: readonly UserState[]
  alsoToActor?: true
  /** By which people choose when it comes. Left out: at once, always. */
  choice?: MailChoice
  /** Anybody on the internet can cause one: all of them together are kept to a number in each hour. */
  byStrangers?: true
}

const active: readonly UserState[] = ['active']
const anyState: readonly UserState[] = ['invited', 'pending', 'active', 'rejected', 'deactivated']

export const mailKinds = {
  user_waiting: {
    label: 'New developer waits for approval',
    recipientStates: active,
    choice: 'notifyUsers',
    byStrangers: true,
  },
  welcome: { label: 'Welcome', recipientStates: active, alsoToActor: true, byStrangers: true },
  user_activated: { label: 'Account activated', recipientStates: active },
  user_rejected: { label: 'Registration not approved', recipientStates: ['rejected'] },
  user_deactivated: { label: 'Account disabled', recipientStates: ['deactivated'] },
  user_invited: { label: 'Invitation', recipientStates: ['invited'] },
  admin_invited: { label: 'Invitation of an admin', recipientStates: ['invited'] },
  email_verification: {
    label: 'Confirm email address',
    recipientStates: ['pending', 'active'],
    alsoToActor: true,
    byStrangers: true,
  },
  registration_repeated: {
    label: 'Account exists already',
    recipientStates: anyState,
    alsoToActor: true,
    byStrangers: true,
  },
  password_reset: {
    label: 'Reset password',
    recipientStates: active,
    alsoToActor: true,
    byStrangers: true,
  },
  password_changed: { label: 'Password changed', recipientStates: anyState, alsoToActor: true },
  email_change: { label: 'Confirm new address', recipientStates: active, alsoToActor: true },
  email_changed: { label: 'Address changed', recipientStates: anyState, alsoToActor: true },
  two_factor_changed: {
    label: 'Two-factor authentication changed',
    recipientStates: anyState,
    alsoToActor: true,
  },
  factor_changed: { label: 'Second factors changed', recipientStates: anyState, alsoToActor: true },
  organization_requested: {
    label: 'Organization asked for',
    recipientStates: active,
    choice: 'notifyOrganizations',
  },
  organization_approved: { label: 'Organization approved', recipientStates: active },
  organization_rejected: { label: 'Organization not approved', recipientStates: active },
  member_removed: { label: 'Removed from an organization', recipientStates: active },
  member_role_changed: { label: 'Role changed', recipientStates: active },
  access_requested: { label: 'Access asked for', recipientStates: active, choice: 'notifyAccess' },
  access_waiting: { label: 'Access requests wait', recipientStates: active, choice: 'notifyAccess' },
  access_approved: { label: 'Access approved', recipientStates: active, choice: 'notifyRequests' },
  access_rejected: { label: 'Access not approved', recipientStates: active, choice: 'notifyRequests' },
  credential_rotated: { label: 'Credential rotated', recipientStates: active },
  credential_revoked: { label: 'Credential revoked', recipientStates: active },
  credential_limited: { label: 'Limits of a credential changed', recipientStates: active },
  credential_expiring: { label: 'Credential expires soon', recipientStates: active, choice: 'notifyExpiry' },
  credential_expired: { label: 'Credential expired', recipientStates: active, choice: 'notifyExpiry' },
  credential_leaked: { label: 'Credential found in public', recipientStates: active },
  quota_reached: { label: 'Quota runs out', recipientStates: active, choice: 'notifyExpiry' },
  app_created: { label: 'App made for somebody', recipientStates: active, choice: 'notifyApps' },
  app_frozen: { label: 'App frozen', recipientStates: active, choice: 'notifyApps' },
  app_unfrozen: { label: 'App unfrozen', recipientStates: active, choice: 'notifyApps' },
  app_transferred: { label: 'App given to somebody', recipientStates: active, choice: 'notifyApps' },
  app_deleted: { label: 'App deleted', recipientStates: active, choice: 'notifyApps' },
  organization_frozen: {
    label: 'Apps of an organization frozen',
    recipientStates: active,
    choice: 'notifyApps',
  },
  organization_unfrozen: {
    label: 'Apps of an organization unfrozen',
    recipientStates: active,
    choice: 'notifyApps',
  },
  webhook_paused: { label: 'Webhook paused', recipientStates: active, choice: 'notifyWebhooks' },
  webhook_stopped: { label: 'Webhook paused by an admin', recipientStates: active },
  webhook_resumed: { label: 'Webhook resumed by an admin', recipientStates: active },
  digest: { label: 'Daily digest', recipientStates: active },
} as const satisfies Record<string, MailKind>

export type MailTemplate = keyof typeof mailKinds

/** `requesterClicked`: the system acted on the requester's own click, who saw the answer on screen. */
export type MailRule = { template: MailTemplate; audiences: readonly Audience[]; requesterClicked?: boolean }

type RuleOf = MailRule | ((data: EventData) => MailRule | null)

const rules: Partial<Record<EventType, RuleOf>> = {
  'user.registered': (data) =>
    data['state'] === 'pending'
      ? { template: 'user_waiting', audiences: ['admins'] }
      : { template: 'welcome', audiences: ['subject'] },
  'user.activated': { template: 'user_activated', audiences: ['subject'] },
  'user.rejected': { template: 'user_rejected', audiences: ['subject'] },
  'user.deactivated': { template: 'user_deactivated', audiences: ['subject'] },
  'user.invited': { template: 'user_invited', audiences: ['subject'] },
  'admin.invited': { template: 'admin_invited', audiences: ['subject'] },
  'user.verification_requested': { template: 'email_verification', audiences: ['subject'] },
  'user.registration_repeated': { template: 'registration_repeated', audiences: ['subject'] },
  'user.password_reset_requested': { template: 'password_reset', audiences: ['subject'] },
  'user.password_changed': { template: 'password_changed', audiences: ['subject'] },
  'user.email_change_requested': { template: 'email_change', audiences: ['new_address'] },
  'user.email_changed': { template: 'email_changed', audiences: ['old_address'] },
  'user.two_factor_changed': { template: 'two_factor_changed', audiences: ['subject'] },
  'user.factor_changed': { template: 'factor_changed', audiences: ['subject'] },
  'organization.requested': { template: 'organization_requested', audiences: ['admins'] },
  'organization.approved': { template: 'organization_approved', audiences: ['requester'] },
  'organization.rejected': { template: 'organization_rejected', audiences: ['requester'] },
  'member.removed': { template: 'member_removed', audiences: ['subject'] },
  'member.role_changed': { template: 'member_role_changed', audiences: ['subject'] },
  'access_request.submitted': (data) =>
    data['autoApproved'] === true ? null : { template: 'access_requested', audiences: ['admins'] },
  'access_request.reminder': { template: 'access_waiting', audiences: ['admins'] },
  'access_request.approved': (data) => ({
    template: 'access_approved',
    audiences: ['requester', 'app_owner'],
    requesterClicked: data['autoApproved'] === true,
  }),
  'access_request.rejected': { template: 'access_rejected', audiences: ['requester'] },
  'credential.rotated': { template: 'credential_rotated', audiences: ['app_owner'] },
  'credential.revoked': { template: 'credential_revoked', audiences: ['app_owner'] },
  'credential.limits_changed': { template: 'credential_limited', audiences: ['app_owner'] },
  'credential.expiring': { template: 'credential_expiring', audiences: ['app_owner', 'super_admins'] },
  'credential.leaked': {
    template: 'credential_leaked',
    audiences: ['app_owner', 'super_admins'],
  },
  'app.created': { template: 'app_created', audiences: ['app_owner'] },
  'app.frozen': { template: 'app_frozen', audiences: ['app_owner'] },
  'app.unfrozen': { template: 'app_unfrozen', audiences: ['app_owner'] },
  'app.transferred': { template: 'app_transferred', audiences: ['named_owners'] },
  'app.deleted': { template: 'app_deleted', audiences: ['named_owners'] },
  'organization.frozen': { template: 'organization_frozen', audiences: ['app_owners'] },
  'organization.unfrozen': { template: 'organization_unfrozen', audiences: ['app_owners'] },
  'quota.reached': { template: 'quota_reached', audiences: ['app_owner'] },
  'digest.collected': { template: 'digest', audiences: ['subject'] },
  'credential.expired': { template: 'credential_expired', audiences: ['app_owner', 'super_admins'] },
  'webhook.paused': (data) =>
    data['reason'] === 'by_hand'
      ? null
      : data['reason'] === 'by_admin'
        ? { template: 'webhook_stopped', audiences: ['super_admins'] }
        : {
            template: 'webhook_paused',
            audiences: [data['owner'] === 'organization' ? 'super_admins' : 'admins'],
          },
  'webhook.resumed': (data) =>
    data['reason'] === 'by_admin' ? { template: 'webhook_resumed', audiences: ['super_admins'] } : null,
}

/** The mail that an event calls for, or null: most events are for the audit log alone. */
export function mailRuleFor(type: EventType, data: EventData): MailRule | null {
  const rule = rules[type]
  return (typeof rule === 'function' ? rule(data) : rule) ?? null
}

/** A recipient key for another address of a user than the account's own. */
export const otherAddress = {
  new_address: (userId: string) => `new:${userId}`,
  old_address: (userId: string) => `old:${userId}`,
}

/** How a mail kind treats its recipients; null for a template that this version does not know. */
export function mailKind(template: string): MailKind | null {
  return Object.hasOwn(mailKinds, template) ? mailKinds[template as MailTemplate] : null
}
