// The default words of mails about organizations, access, credentials, apps and usage.
import { type MailTextInfo, toPerson, toPortal } from './mail-text-info'

const ofOrganization = { ...toPerson, organization: 'name of the organization' } as const
const ofApp = { ...toPerson, app: 'name of the app' } as const
const ofAccess = { ...ofApp, products: 'names of the products' } as const
const ofCredential = { ...ofAccess, credential: 'name and last characters of the credential' } as const

export const organizationTexts = {
  organization_requested: {
    when: 'Somebody asks for an organization',
    to: 'Admins',
    placeholders: { ...toPortal, name: 'name of who asks', organization: 'name of the organization' },
    subject: '{name} asks for an organization',
    body: 'The organization can invite its people once an admin has approved it.',
  },
  organization_approved: {
    when: 'An admin approves an organization',
    to: 'Who asked for it',
    placeholders: ofOrganization,
    subject: 'Your organization {organization} is approved',
    body: 'You are its Super admin. You can now invite the people of {organization} and share apps with them.',
  },
  organization_rejected: {
    when: 'An admin rejects an organization',
    to: 'Who asked for it',
    placeholders: ofOrganization,
    subject: 'Your organization request was not approved',
    body: 'An admin has decided not to approve the organization {organization}. Your account stays as it is.',
  },
  member_removed: {
    when: 'Somebody is removed from an organization',
    to: 'Who was removed',
    placeholders: ofOrganization,
    subject: 'You were removed from {organization}',
    body: 'You keep your account, but no longer see the apps of the organization. They stay with it.',
  },
  member_role_changed: {
    when: 'The role of a member is changed',
    to: 'The member',
    placeholders: { ...ofOrganization, role: 'the new role' },
    subject: 'Your role in {organization} was changed',
    body: 'You are {role} now.',
  },
} satisfies Record<string, MailTextInfo>

export const accessTexts = {
  access_requested: {
    when: 'An app asks for products under a plan that needs approval',
    to: 'Admins',
    placeholders: {
      ...toPortal,
      app: 'name of the app',
      products: 'names of the products',
      requester: 'name of who asks',
      plan_change: 'sentence that says when it is another plan that is asked for; else nothing',
    },
    subject: '{app} asks for {products}',
    body: '{requester} waits for a decision on this request.\n\n{plan_change}',
  },
  access_waiting: {
    when: 'Access requests have waited for two days',
    to: 'Admins',
    placeholders: {
      ...toPortal,
      waiting: 'how many wait, as “3 access requests wait”',
      more: 'line above the list when it is not complete; else nothing',
    },
    subject: '{waiting} for a decision',
    body: 'Whoever asked has waited for two days or longer.\n\n{more}',
  },
  access_approved: {
    when: 'Access is approved',
    to: 'Who asked for it, and the owner of the app',
    placeholders: {
      ...ofAccess,
      consequence: 'sentence that says which credential works from now on',
      plan_change: 'sentence that says when the plan is not the one that was asked for; else nothing',
    },
    subject: 'Access to {products} is approved',
    body: '{consequence}\n\n{plan_change}',
  },
  access_rejected: {
    when: 'Access is not approved',
    to: 'Who asked for it',
    placeholders: ofAccess,
    subject: 'Access to {products} was not approved',
    body: 'An admin has decided not to approve this request of {app}.',
  },
  credential_rotated: {
    when: 'Somebody else rotates a credential',
    to: 'The owner of the app',
    placeholders: ofCredential,
    subject: 'A credential of {app} was rotated',
    body: 'It has a new secret. Programs that use the old one have to be given the new one, which is on the page of the app.',
  },
  credential_revoked: {
    when: 'Somebody else revokes a credential',
    to: 'The owner of the app',
    placeholders: ofCredential,
    subject: 'A credential of {app} was revoked',
    body: 'Calls that present it are refused from now on.',
  },
  credential_limited: {
    when: 'Somebody else changes the limits of a credential',
    to: 'The owner of the app',
    placeholders: ofCredential,
    subject: 'The limits of a credential of {app} were changed',
    body: 'Its own limits decide from which addresses, with which methods, on which paths and how long it works. They are on the page of the app.',
  },
  credential_expiring: {
    when: 'A credential expires in 30, 7 or 1 days',
    to: 'The owner of the app, and super admins',
    placeholders: ofCredential,
    subject: 'A credential of {app} expires soon',
    body: 'Rotate it on the page of the app before it expires, and give the new secret to the programs that use it.',
  },
  credential_expired: {
    when: 'A credential has expired',
    to: 'The owner of the app, and super admins',
    placeholders: ofCredential,
    subject: 'A credential of {app} has expired',
    body: 'Calls that present it are refused. Rotate it on the page of the app to go on.',
  },
  credential_leaked: {
    when: 'A secret scanner finds a credential in public',
    to: 'The owner of the app, and super admins',
    placeholders: {
      ...ofApp,
      credential: 'name and last characters of the credential',
      advice: 'sentences that say what to do',
    },
    subject: 'A credential of {app} was found in public',
    body:
      'A secret scanner found it where everybody can read it, so whoever has seen it can call APIs in the name of the app.\n\n' +
      '{advice}',
  },
  quota_reached: {
    when: 'An app has used 80 % of a quota, or all of it',
    to: 'The owner of the app',
    placeholders: {
      ...ofAccess,
      reached: '“has used 80 % of” or “has used up”',
      advice: 'sentences that say what follows from it',
    },
    subject: '{app} {reached} its quota',
    body: '{advice}',
  },
} satisfies Record<string, MailTextInfo>

export const webhookTexts = {
  webhook_paused: {
    when: 'A webhook is paused because it keeps failing',
    to: 'Admins, or the super admins whose webhook it is',
    placeholders: {
      ...toPortal,
      webhook: 'name of the webhook',
      why: 'sentence that says why it was paused',
    },
    subject: 'The webhook {webhook} is paused',
    body:
      '{why}\n\n' +
      'What happens meanwhile is kept for 30 days. Repair the receiver, resume the webhook, and send what has failed again.',
  },
  webhook_stopped: {
    when: 'An admin pauses a webhook of an organization',
    to: 'The super admins of the organization',
    placeholders: {
      ...toPerson,
      webhook: 'name of the webhook',
      organization: 'name of the organization',
    },
    subject: 'An admin paused the webhook {webhook}',
    body:
      'Nothing more is sent to it. Only an admin can resume it.\n\n' +
      'What happens meanwhile is kept for 30 days, and can be sent once the webhook goes on.',
  },
  webhook_resumed: {
    when: 'An admin resumes a webhook of an organization',
    to: 'The super admins of the organization',
    placeholders: {
      ...toPerson,
      webhook: 'name of the webhook',
      organization: 'name of the organization',
      next: 'sentence that says whether events are sent again',
    },
    subject: 'An admin resumed the webhook {webhook}',
    body:
      '{next}\n\n' +
      'What happened in the first 30 days of the pause is kept, and can be sent from the page of the webhook.',
  },
} satisfies Record<string, MailTextInfo>

export const appTexts = {
  app_created: {
    when: 'An admin makes an app for somebody',
    to: 'The owner of the app',
    placeholders: ofApp,
    subject: 'The app {app} was made for you',
    body: 'It is yours: you change it, share it and see its credentials on its page.',
  },
  app_frozen: {
    when: 'Somebody else freezes an app',
    to: 'The owner of the app',
    placeholders: ofApp,
    subject: 'The app {app} was frozen',
    body: 'The gateway refuses its credentials until it is unfrozen. They then work again, with the same limits.',
  },
  app_unfrozen: {
    when: 'Somebody else unfreezes an app',
    to: 'The owner of the app',
    placeholders: ofApp,
    subject: 'The app {app} is unfrozen',
    body: 'Its credentials work again, with the same limits as before.',
  },
  app_transferred: {
    when: 'An app is given to somebody',
    to: 'The owner before, and the new one',
    placeholders: ofApp,
    subject: 'The app {app} has another owner',
    body: 'Its credentials go on working. Mails about it go to the new owner from now on.',
  },
  app_deleted: {
    when: 'Somebody else deletes an app',
    to: 'The owner of the app',
    placeholders: ofApp,
    subject: 'The app {app} was deleted',
    body: 'Its credentials do not work any more, and what it had asked for is withdrawn.',
  },
  organization_frozen: {
    when: 'All apps of an organization are frozen',
    to: 'The owners of its apps',
    placeholders: ofOrganization,
    subject: 'The apps of {organization} were frozen',
    body: 'The gateway refuses the credentials of every app of the organization until a super admin unfreezes them.',
  },
  organization_unfrozen: {
    when: 'The apps of an organization are unfrozen',
    to: 'The owners of its apps',
    placeholders: ofOrganization,
    subject: 'The apps of {organization} are unfrozen',
    body: 'Their credentials work again, except those of apps that are frozen on their own.',
  },
} satisfies Record<string, MailTextInfo>
