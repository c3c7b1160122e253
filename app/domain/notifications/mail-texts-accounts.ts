// The default words of mails about accounts and second factors.
import { type MailTextInfo, toPerson, toPortal } from './mail-text-info'

export const accountTexts = {
  user_waiting: {
    when: 'Somebody registers, and an admin has to approve it',
    to: 'Admins',
    placeholders: { ...toPortal, name: 'name of the developer' },
    subject: 'New developer waiting for approval',
    body: '{name} has registered and cannot log in until an admin approves the account.',
  },
  welcome: {
    when: 'Somebody registers, and the account is active at once',
    to: 'The developer',
    placeholders: toPerson,
    subject: 'Welcome to {portal}',
    body: 'Your account is ready. Log in, pick the products that you want to build with, and ask for access.',
  },
  user_activated: {
    when: 'An admin activates an account',
    to: 'The developer',
    placeholders: toPerson,
    subject: 'Your account is activated',
    body: 'An admin of {portal} has activated your account. You can now log in.',
  },
  user_rejected: {
    when: 'An admin rejects a registration',
    to: 'The developer',
    placeholders: toPerson,
    subject: 'Your registration was not approved',
    body: 'An admin of {portal} has decided not to approve your registration.',
  },
  user_deactivated: {
    when: 'An admin disables an account',
    to: 'The user',
    placeholders: toPerson,
    subject: 'Your account is disabled',
    body: 'An admin of {portal} has disabled your account. You can no longer log in.',
  },
  user_invited: {
    when: 'Somebody is invited to an organization',
    to: 'Who is invited',
    placeholders: {
      ...toPerson,
      inviter: 'name of who invites',
      organization: 'name of the organization',
    },
    subject: '{inviter} invited you to {organization} on {portal}',
    heading: 'Join {organization}',
    body: '{inviter} invited you to {organization} on {portal}. Choose a password to complete your registration.',
  },
  admin_invited: {
    when: 'Somebody is invited as an admin',
    to: 'Who is invited',
    placeholders: { ...toPerson, inviter: 'name of who invites' },
    subject: 'You are invited to administer {portal}',
    heading: 'Administer {portal}',
    body: '{inviter} invited you as an admin. Choose a password to complete your registration.',
  },
  email_verification: {
    when: 'Somebody registers, or asks for the link again',
    to: 'The developer',
    placeholders: toPerson,
    subject: 'Confirm your email address',
    body: 'Please confirm that this is your address, so that {portal} can reach you.',
  },
  registration_repeated: {
    when: 'Somebody registers with an address that has an account',
    to: 'Who has the account',
    placeholders: { ...toPerson, advice: 'sentence that says whether one can log in' },
    subject: 'You already have an account',
    body: 'Someone, probably you, tried to register at {portal} with this address. {advice}',
  },
  email_change: {
    when: 'Somebody wants another address for the account',
    to: 'The new address',
    placeholders: toPerson,
    subject: 'Confirm your new email address',
    body: 'You asked to use this address for your account at {portal}. It counts once you confirm it.',
  },
  email_changed: {
    when: 'The address of an account was changed',
    to: 'The old address',
    placeholders: { ...toPerson, when: 'day and time' },
    subject: 'Your email address was changed',
    body:
      'The address of your account was changed on {when}. From now on you log in with the new one, and mails go there.\n\n' +
      'If this was not you, tell an admin of the portal at once.',
  },
  password_reset: {
    when: 'Somebody forgot the password',
    to: 'The user',
    placeholders: toPerson,
    subject: 'Reset your password',
    body: 'Someone, probably you, asked to reset the password of your account. Choose a new one here.',
  },
  password_changed: {
    when: 'A password was changed or reset',
    to: 'The user',
    placeholders: { ...toPerson, when: 'day and time' },
    subject: 'Your password was changed',
    body:
      'The password of your account was changed on {when}. Other devices have been logged out.\n\n' +
      'If this was not you, choose a new password now and tell an admin.',
  },
  two_factor_changed: {
    when: 'Two-factor authentication is turned on or off',
    to: 'The user',
    placeholders: { ...toPerson, state: '“on” or “off”', when: 'day and time' },
    subject: 'Two-factor authentication was turned {state}',
    body:
      'Two-factor authentication was turned {state} for your account on {when}.\n\n' +
      'If this was not you, choose a new password now and tell an admin.',
  },
  factor_changed: {
    when: 'A passkey or authenticator app comes or goes, or recovery codes are replaced',
    to: 'The user',
    placeholders: { ...toPerson, change: 'what was changed, without a full stop', when: 'day and time' },
    subject: '{change}',
    body: '{change} on {when}.\n\nIf this was not you, choose a new password now and tell an admin.',
  },
  digest: {
    when: 'Once a day, when there is something to tell',
    to: 'Whoever wants one mail a day',
    placeholders: {
      ...toPerson,
      news: '“1 notice” or “3 notices”',
      more: 'sentence that says how many are not listed; else nothing',
    },
    subject: 'News from {portal}: {news}',
    body: 'This has happened since your last daily mail. {more}',
  },
} satisfies Record<string, MailTextInfo>
