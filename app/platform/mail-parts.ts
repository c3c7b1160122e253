// Each kind of mail: which template makes its parts, of which facts, and where its button leads.
import type { MailFacts } from '~/domain/notifications/mail'
import { mailWords } from '~/domain/notifications/mail-text'
import { defaultText } from '~/domain/notifications/mail-texts'
import type { MailTemplate } from '~/domain/notifications/notifications'
import * as access from '~/emails/access-mails'
import * as account from '~/emails/account-mails'
import { appChanged } from '~/emails/app-mails'
import { digest } from '~/emails/digest-mail'
import * as organization from '~/emails/organization-mails'
import { fillLine, type MailParts, type MailValues } from '~/emails/parts'
import { quotaReached } from '~/emails/usage-mails'
import { webhookPaused, webhookResumed, webhookStopped } from '~/emails/webhook-mails'
import {
  accessOf,
  appUrl,
  credentialName,
  inOrganization,
  inWords,
  moment,
  number,
  organizationName,
  products,
  roleLabels,
  text,
  texts,
  tokenUrl,
  toUser,
  url,
} from './mail-facts'
import { paths } from './paths'

export const partsOf: Record<MailTemplate, (facts: MailFacts) => MailParts> = {
  user_waiting: (mail) =>
    account.userWaiting({
      userName: text(mail, 'name') ?? 'A developer',
      email: text(mail, 'email') ?? '',
      userUrl: url(mail, paths.admin.user(mail.event.subjectId)),
    }),
  welcome: (mail) => account.canLogIn({ ...toUser(mail), loginUrl: url(mail, paths.auth.login()) }),
  user_activated: (mail) => account.canLogIn({ ...toUser(mail), loginUrl: url(mail, paths.auth.login()) }),
  user_rejected: (mail) => account.cannotLogIn({ ...toUser(mail), reason: text(mail, 'reason') }),
  user_deactivated: (mail) => account.cannotLogIn({ ...toUser(mail), reason: text(mail, 'reason') }),
  user_invited: (mail) =>
    account.invited({
      ...toUser(mail),
      inviter: mail.event.actorLabel,
      organization: organizationName(mail),
      inviteUrl: tokenUrl(mail, paths.auth.invite),
    }),
  admin_invited: (mail) =>
    account.invited({
      ...toUser(mail),
      inviter: mail.event.actorLabel,
      inviteUrl: tokenUrl(mail, paths.auth.invite),
    }),
  email_verification: (mail) =>
    account.emailVerification({
      ...toUser(mail),
      verifyUrl: tokenUrl(mail, paths.auth.verify),
    }),
  registration_repeated: (mail) =>
    account.registrationRepeated({
      ...toUser(mail),
      canLogIn: mail.recipient?.state === 'active',
      loginUrl: url(mail, paths.auth.login()),
    }),
  email_change: (mail) =>
    account.emailChange({
      ...toUser(mail),
      confirmUrl: tokenUrl(mail, paths.auth.confirmEmail),
    }),
  email_changed: (mail) =>
    account.emailChanged({
      ...toUser(mail),
      when: moment(mail),
      portalUrl: url(mail, paths.auth.login()),
    }),
  password_reset: (mail) =>
    account.passwordReset({
      ...toUser(mail),
      resetUrl: tokenUrl(mail, paths.auth.resetCode),
    }),
  password_changed: (mail) =>
    account.passwordChanged({
      ...toUser(mail),
      when: moment(mail),
      resetUrl: url(mail, paths.auth.reset),
    }),
  two_factor_changed: (mail) =>
    account.twoFactorChanged({
      ...toUser(mail),
      enabled: mail.event.data['enabled'] === true,
      when: moment(mail),
      resetUrl: url(mail, paths.auth.reset),
    }),
  factor_changed: (mail) =>
    account.factorChanged({
      ...toUser(mail),
      factor: text(mail, 'factor'),
      change: text(mail, 'change'),
      passkey: text(mail, 'passkey'),
      when: moment(mail),
      resetUrl: url(mail, paths.auth.reset),
    }),
  organization_requested: (mail) =>
    organization.organizationRequested({
      requester: text(mail, 'requester') ?? mail.event.actorLabel,
      organization: organizationName(mail),
      organizationUrl: url(mail, paths.admin.organization(mail.event.subjectId)),
    }),
  organization_approved: (mail) =>
    organization.organizationChanged({
      ...inOrganization(mail),
      dashboardUrl: url(mail, paths.dashboard.home),
    }),
  organization_rejected: (mail) =>
    organization.organizationRejected({
      ...inOrganization(mail),
      reason: text(mail, 'reason'),
    }),
  member_removed: (mail) =>
    organization.organizationChanged({
      ...inOrganization(mail),
      dashboardUrl: url(mail, paths.dashboard.home),
    }),
  member_role_changed: (mail) =>
    organization.organizationChanged({
      ...inOrganization(mail),
      role: roleLabels[text(mail, 'role') ?? ''] ?? null,
      dashboardUrl: url(mail, paths.dashboard.home),
    }),
  access_requested: (mail) =>
    access.accessRequested({
      ...accessOf(mail),
      requester: text(mail, 'requester') ?? mail.event.actorLabel,
      note: text(mail, 'note'),
      requestUrl: url(mail, paths.admin.accessRequest(mail.event.subjectId)),
    }),
  access_waiting: (mail) =>
    access.accessWaiting({
      count: Number(mail.event.data['count'] ?? 1),
      requests: texts(mail, 'apps').map((app, at) => ({ app, products: products(mail)[at] ?? '' })),
      listUrl: url(mail, paths.admin.waitingAccessRequests),
    }),
  access_approved: (mail) =>
    access.accessApproved({ ...toUser(mail), ...accessOf(mail), appUrl: appUrl(mail) }),
  access_rejected: (mail) =>
    access.accessRejected({
      ...toUser(mail),
      ...accessOf(mail),
      reason: text(mail, 'reason'),
      appUrl: appUrl(mail),
    }),
  credential_rotated: (mail) => credentialChanged(mail),
  credential_revoked: (mail) => credentialChanged(mail),
  credential_limited: (mail) => credentialChanged(mail),
  credential_expiring: (mail) => credentialEnds(mail),
  credential_expired: (mail) => credentialEnds(mail),
  credential_leaked: (mail) =>
    access.credentialLeaked({
      ...toUser(mail),
      app: text(mail, 'app') ?? 'an app',
      credential: credentialName(mail),
      place: text(mail, 'place'),
      revoked: mail.event.data['revokes'] === true,
      when: moment(mail),
      appUrl: appUrl(mail),
    }),
  webhook_paused: (mail) =>
    webhookPaused({
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
  webhook_stopped: (mail) => webhookStopped({ ...ofWebhook(mail), reason: text(mail, 'note') }),
  webhook_resumed: (mail) =>
    webhookResumed({ ...ofWebhook(mail), staysPaused: mail.event.data['staysPaused'] === true }),
  quota_reached: (mail) =>
    quotaReached({
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
  digest: (mail) =>
    digest({
      ...toUser(mail),
      count: number(mail, 'count'),
      items: mail.items.map((item) => listed({ ...mail, ...item, items: [] })),
      profileUrl: url(mail, paths.dashboard.profile),
    }),
  app_created: (mail) => ownApp(mail),
  app_frozen: (mail) => ownApp(mail),
  app_unfrozen: (mail) => ownApp(mail),
  app_transferred: (mail) => goneApp(mail),
  app_deleted: (mail) => goneApp(mail),
  organization_frozen: (mail) => appsOfOrganization(mail),
  organization_unfrozen: (mail) => appsOfOrganization(mail),
}

/** In the words of its own mail's subject, which no mail program turns into links. */
function listed(mail: MailFacts): { text: string; url: string } {
  const parts = partsOf[mail.template](mail)
  const values = valuesOf(mail, parts)
  const link = parts.button?.url ?? mail.portal.origin
  try {
    return { text: fillLine(mailWords((mail.text ?? defaultText(mail.template)).subject), values), url: link }
  } catch {
    return { text: fillLine(mailWords(defaultText(mail.template).subject), values), url: link }
  }
}

/** What the placeholders of a mail stand for. */
export function valuesOf(mail: MailFacts, { names, sentences }: MailValues): MailValues {
  return { names: { portal: mail.portal.name, ...names }, ...(sentences ? { sentences } : {}) }
}

function ofCredential(mail: MailFacts) {
  return {
    ...toUser(mail),
    app: text(mail, 'app') ?? 'an app',
    credential: credentialName(mail),
    products: products(mail),
    appUrl: appUrl(mail),
  }
}

function credentialChanged(mail: MailFacts): MailParts {
  return access.credentialChanged({
    ...ofCredential(mail),
    by: mail.event.actorLabel,
    when: moment(mail),
    expires: null,
  })
}

function credentialEnds(mail: MailFacts): MailParts {
  return access.credentialChanged({
    ...ofCredential(mail),
    by: null,
    when: null,
    expires: text(mail, 'expires'),
  })
}

function changedThing(mail: MailFacts) {
  return {
    ...toUser(mail),
    thing: text(mail, 'name') ?? 'without a name',
    isOrganization: false,
    by: mail.event.actorLabel,
    when: moment(mail),
    owners: null,
    reason: text(mail, 'reason'),
    page: { isApp: false, url: url(mail, paths.dashboard.apps) },
  }
}

function ownApp(mail: MailFacts): MailParts {
  return appChanged({ ...changedThing(mail), page: { isApp: true, url: appUrl(mail) } })
}

/** After a transfer one may see the app no more, and after a deletion nobody does: those lead to the list. */
function goneApp(mail: MailFacts): MailParts {
  const [from, to] = [text(mail, 'from'), text(mail, 'to')]
  return appChanged({ ...changedThing(mail), owners: from && to ? { from, to } : null })
}

function appsOfOrganization(mail: MailFacts): MailParts {
  return appChanged({ ...changedThing(mail), isOrganization: true })
}

function ofWebhook(mail: MailFacts) {
  return {
    ...toUser(mail),
    webhook: text(mail, 'name') ?? 'a webhook',
    organization: mail.event.organizationName ?? 'your organization',
    when: moment(mail),
    url: url(mail, paths.dashboard.webhooks.one(mail.event.subjectId)),
  }
}
