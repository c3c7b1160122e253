// From a mail's facts to its words: which template says them, and where its button leads. Every link begins with the
// portal's configured origin; nothing of a request is known here.

import type { MailFacts, RenderedMail } from '~/domain/notifications/mail'
import type { MailTemplate } from '~/domain/notifications/notifications'
import * as access from '~/emails/access-mails'
import * as account from '~/emails/account-mails'
import { type AppChange, renderAppChanged } from '~/emails/app-mails'
import type { Mail } from '~/emails/layout'
import * as organization from '~/emails/organization-mails'
import { renderQuotaReached } from '~/emails/usage-mails'
import { renderWebhookPaused } from '~/emails/webhook-mails'
import { paths } from './paths'

const templates: Record<MailTemplate, (facts: MailFacts) => Mail> = {
  user_waiting: (mail) =>
    account.renderUserWaiting(mail.portal, {
      userName: text(mail, 'name') ?? 'A developer',
      email: text(mail, 'email') ?? '',
      userUrl: url(mail, paths.admin.user(mail.event.subjectId)),
    }),
  welcome: (mail) =>
    account.renderWelcome(mail.portal, { ...toUser(mail), loginUrl: url(mail, paths.auth.login()) }),
  user_activated: (mail) =>
    account.renderUserActivated(mail.portal, { ...toUser(mail), loginUrl: url(mail, paths.auth.login()) }),
  user_rejected: (mail) =>
    account.renderUserRejected(mail.portal, { ...toUser(mail), reason: text(mail, 'reason') }),
  user_deactivated: (mail) =>
    account.renderUserDeactivated(mail.portal, { ...toUser(mail), reason: text(mail, 'reason') }),
  user_invited: (mail) =>
    account.renderUserInvited(mail.portal, {
      ...toUser(mail),
      inviter: mail.event.actorLabel,
      organization: organizationName(mail),
      inviteUrl: tokenUrl(mail, paths.auth.invite),
    }),
  admin_invited: (mail) =>
    account.renderAdminInvited(mail.portal, {
      ...toUser(mail),
      inviter: mail.event.actorLabel,
      inviteUrl: tokenUrl(mail, paths.auth.invite),
    }),
  email_verification: (mail) =>
    account.renderEmailVerification(mail.portal, {
      ...toUser(mail),
      verifyUrl: tokenUrl(mail, paths.auth.verify),
    }),
  registration_repeated: (mail) =>
    account.renderRegistrationRepeated(mail.portal, {
      ...toUser(mail),
      canLogIn: mail.recipient?.state === 'active',
      loginUrl: url(mail, paths.auth.login()),
    }),
  email_change: (mail) =>
    account.renderEmailChange(mail.portal, {
      ...toUser(mail),
      confirmUrl: tokenUrl(mail, paths.auth.confirmEmail),
    }),
  email_changed: (mail) =>
    account.renderEmailChanged(mail.portal, {
      ...toUser(mail),
      when: moment(mail),
      resetUrl: url(mail, paths.auth.login()),
    }),
  password_reset: (mail) =>
    account.renderPasswordReset(mail.portal, {
      ...toUser(mail),
      resetUrl: tokenUrl(mail, paths.auth.resetCode),
    }),
  password_changed: (mail) =>
    account.renderPasswordChanged(mail.portal, {
      ...toUser(mail),
      when: moment(mail),
      resetUrl: url(mail, paths.auth.reset),
    }),
  two_factor_changed: (mail) =>
    account.renderTwoFactorChanged(mail.portal, {
      ...toUser(mail),
      enabled: mail.event.data['enabled'] === true,
      when: moment(mail),
      resetUrl: url(mail, paths.auth.reset),
    }),
  factor_changed: (mail) =>
    account.renderFactorChanged(mail.portal, {
      ...toUser(mail),
      factor: text(mail, 'factor'),
      change: text(mail, 'change'),
      passkey: text(mail, 'passkey'),
      when: moment(mail),
      resetUrl: url(mail, paths.auth.reset),
    }),
  organization_requested: (mail) =>
    organization.renderOrganizationRequested(mail.portal, {
      requester: text(mail, 'requester') ?? mail.event.actorLabel,
      organization: organizationName(mail),
      organizationUrl: url(mail, paths.admin.organization(mail.event.subjectId)),
    }),
  organization_approved: (mail) =>
    organization.renderOrganizationApproved(mail.portal, {
      ...inOrganization(mail),
      dashboardUrl: url(mail, paths.dashboard.home),
    }),
  organization_rejected: (mail) =>
    organization.renderOrganizationRejected(mail.portal, {
      ...inOrganization(mail),
      reason: text(mail, 'reason'),
    }),
  member_removed: (mail) =>
    organization.renderMemberRemoved(mail.portal, {
      ...inOrganization(mail),
      dashboardUrl: url(mail, paths.dashboard.home),
    }),
  member_role_changed: (mail) =>
    organization.renderMemberRoleChanged(mail.portal, {
      ...inOrganization(mail),
      role: roleLabels[text(mail, 'role') ?? ''] ?? null,
      dashboardUrl: url(mail, paths.dashboard.home),
    }),
  access_requested: (mail) =>
    access.renderAccessRequested(mail.portal, {
      ...accessOf(mail),
      requester: text(mail, 'requester') ?? mail.event.actorLabel,
      note: text(mail, 'note'),
      requestUrl: url(mail, paths.admin.accessRequest(mail.event.subjectId)),
    }),
  access_waiting: (mail) =>
    access.renderAccessWaiting(mail.portal, {
      count: Number(mail.event.data['count'] ?? 1),
      requests: texts(mail, 'apps').map((app, at) => ({ app, products: products(mail)[at] ?? '' })),
      listUrl: url(mail, paths.admin.waitingAccessRequests),
    }),
  access_approved: (mail) =>
    access.renderAccessApproved(mail.portal, { ...toUser(mail), ...accessOf(mail), appUrl: appUrl(mail) }),
  access_rejected: (mail) =>
    access.renderAccessRejected(mail.portal, {
      ...toUser(mail),
      ...accessOf(mail),
      reason: text(mail, 'reason'),
      appUrl: appUrl(mail),
    }),
  credential_rotated: (mail) => credentialChanged(mail, 'rotated'),
  credential_revoked: (mail) => credentialChanged(mail, 'revoked'),
  credential_limited: (mail) => credentialChanged(mail, 'limited'),
  credential_expiring: (mail) => credentialChanged(mail, 'expiring'),
  credential_expired: (mail) => credentialChanged(mail, 'expired'),
  credential_leaked: (mail) =>
    access.renderCredentialLeaked(mail.portal, {
      ...toUser(mail),
      app: text(mail, 'app') ?? 'an app',
      credential: credentialName(mail),
      place: text(mail, 'place'),
      revoked: mail.event.data['revokes'] === true,
      when: moment(mail),
      appUrl: appUrl(mail),
    }),
  webhook_paused: (mail) =>
    renderWebhookPaused(mail.portal, {
      name: mail.recipient?.name ?? null,
      webhook: text(mail, 'name') ?? 'a webhook',
      gone: text(mail, 'reason') === 'gone',
      problem: text(mail, 'lastError'),
      when: moment(mail),
      url: url(
        mail,
        (text(mail, 'owner') === 'organization' ? paths.dashboard.webhooks : paths.admin.webhooks).one(
          mail.event.subjectId,
        ),
      ),
    }),
  quota_reached: (mail) =>
    renderQuotaReached(mail.portal, {
      ...toUser(mail),
      app: text(mail, 'app') ?? 'An app',
      products: products(mail),
      plan: text(mail, 'plan'),
      usedUp: mail.event.data['percent'] !== 80,
      used: number(mail, 'used'),
      limit: number(mail, 'limit'),
      renews: inWords(number(mail, 'periodEnd')),
      usageUrl: url(
        mail,
        mail.event.appId ? paths.dashboard.appUsage(mail.event.appId) : paths.dashboard.apps,
      ),
    }),
  app_created: (mail) => appChanged(mail, 'created'),
  app_frozen: (mail) => appChanged(mail, 'frozen'),
  app_unfrozen: (mail) => appChanged(mail, 'unfrozen'),
  app_transferred: (mail) => appChanged(mail, 'transferred'),
  app_deleted: (mail) => appChanged(mail, 'deleted'),
  organization_frozen: (mail) => appChanged(mail, 'organization_frozen'),
  organization_unfrozen: (mail) => appChanged(mail, 'organization_unfrozen'),
}

export function renderMail(facts: MailFacts): RenderedMail {
  return templates[facts.template](facts)
}

const roleLabels: Record<string, string> = { super_admin: 'Super admin', team_member: 'Team member' }

function url(mail: MailFacts, path: string): string {
  return `${mail.portal.origin}${path}`
}

function tokenUrl(mail: MailFacts, path: string): string {
  if (mail.token === null) throw new Error(`The mail ${mail.template} needs a token`)
  return `${url(mail, path)}?token=${mail.token}`
}

function appUrl(mail: MailFacts): string {
  return url(mail, mail.event.appId ? paths.dashboard.app(mail.event.appId) : paths.dashboard.apps)
}

function text(mail: MailFacts, key: string): string | null {
  const value = mail.event.data[key]
  return typeof value === 'string' && value !== '' ? value : null
}

function toUser(mail: MailFacts): { name: string } {
  return { name: mail.recipient?.name || 'there' }
}

function organizationName(mail: MailFacts): string {
  return text(mail, 'organization') ?? mail.event.organizationName ?? text(mail, 'name') ?? 'the organization'
}

function inOrganization(mail: MailFacts): { name: string; organization: string } {
  return { ...toUser(mail), organization: organizationName(mail) }
}

function texts(mail: MailFacts, key: string): string[] {
  const value = mail.event.data[key]
  return Array.isArray(value) ? value : []
}

function products(mail: MailFacts): string[] {
  return texts(mail, 'products')
}

function accessOf(mail: MailFacts) {
  return {
    app: text(mail, 'app') ?? 'An app',
    products: products(mail),
    plan: text(mail, 'plan'),
    planBefore: text(mail, 'planBefore'),
    planAskedFor: text(mail, 'planAskedFor'),
    catalog: text(mail, 'catalog'),
  }
}

function credentialName(mail: MailFacts): string {
  return [text(mail, 'credential') ?? text(mail, 'name'), text(mail, 'hint')].filter(Boolean).join(' ')
}

function credentialChanged(mail: MailFacts, change: access.CredentialChange): Mail {
  const happened = change !== 'expiring' && change !== 'expired'
  return access.renderCredentialChanged(mail.portal, {
    ...toUser(mail),
    change,
    app: text(mail, 'app') ?? 'an app',
    credential: credentialName(mail),
    products: products(mail),
    by: happened ? mail.event.actorLabel : null,
    when: happened ? moment(mail) : text(mail, 'expires'),
    appUrl: appUrl(mail),
  })
}

/** After a transfer one may see the app no more, and after a deletion nobody does: those lead to the list. */
function appChanged(mail: MailFacts, change: AppChange): Mail {
  const hasPage = change === 'created' || change === 'frozen' || change === 'unfrozen'
  return renderAppChanged(mail.portal, {
    ...toUser(mail),
    change,
    thing: text(mail, 'name') ?? 'without a name',
    by: mail.event.actorLabel,
    when: moment(mail),
    owners: change === 'transferred' ? { from: text(mail, 'from') ?? '', to: text(mail, 'to') ?? '' } : null,
    reason: text(mail, 'reason'),
    url: hasPage ? appUrl(mail) : url(mail, paths.dashboard.apps),
  })
}

function number(mail: MailFacts, key: string): number {
  return Number(mail.event.data[key] ?? 0)
}

function moment(mail: MailFacts): string {
  return inWords(mail.event.createdAt)
}

/** UTC, since the reader's zone is not known. */
function inWords(at: number): string {
  const format = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeStyle: 'short', timeZone: 'UTC' })
  return `${format.format(at)} UTC`
}
