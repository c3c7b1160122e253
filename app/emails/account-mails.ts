// Mails about a person's account.
import { type Mail, type MailPortal, renderLayout } from './layout'
import { nameInMail, paragraphInMail } from './words'

type ToUser = { name: string }

export function greetingFor(name: string): string {
  return `Hello ${nameInMail(name)},`
}

export function quotedReason(reason: string | null): { label: string; text: string } | null {
  return reason ? { label: 'Reason', text: paragraphInMail(reason) } : null
}

export function renderUserWaiting(
  portal: MailPortal,
  facts: { userName: string; email: string; userUrl: string },
): Mail {
  return renderLayout(portal, {
    subject: 'New developer waiting for approval',
    heading: 'New developer waiting for approval',
    paragraphs: [
      `${nameInMail(facts.userName)} has registered and cannot log in until an admin approves the account.`,
    ],
    facts: [
      ['Name', nameInMail(facts.userName)],
      ['Email', facts.email],
    ],
    button: { label: 'Review registration', url: facts.userUrl },
  })
}

export function renderWelcome(portal: MailPortal, facts: ToUser & { loginUrl: string }): Mail {
  return renderLayout(portal, {
    subject: `Welcome to ${portal.name}`,
    heading: `Welcome to ${nameInMail(portal.name)}`,
    greeting: greetingFor(facts.name),
    paragraphs: [
      'Your account is ready. Log in, pick the products that you want to build with, and ask for access.',
    ],
    button: { label: 'Log in', url: facts.loginUrl },
  })
}

export function renderUserActivated(portal: MailPortal, facts: ToUser & { loginUrl: string }): Mail {
  return renderLayout(portal, {
    subject: 'Your account is activated',
    heading: 'Your account is activated',
    greeting: greetingFor(facts.name),
    paragraphs: [`An admin of ${nameInMail(portal.name)} has activated your account. You can now log in.`],
    button: { label: 'Log in', url: facts.loginUrl },
  })
}

export function renderUserRejected(portal: MailPortal, facts: ToUser & { reason: string | null }): Mail {
  return renderLayout(portal, {
    subject: 'Your registration was not approved',
    heading: 'Your registration was not approved',
    greeting: greetingFor(facts.name),
    paragraphs: [`An admin of ${nameInMail(portal.name)} has decided not to approve your registration.`],
    quote: quotedReason(facts.reason),
  })
}

export function renderUserDeactivated(portal: MailPortal, facts: ToUser & { reason: string | null }): Mail {
  return renderLayout(portal, {
    subject: 'Your account is disabled',
    heading: 'Your account is disabled',
    greeting: greetingFor(facts.name),
    paragraphs: [
      `An admin of ${nameInMail(portal.name)} has disabled your account. You can no longer log in.`,
    ],
    quote: quotedReason(facts.reason),
  })
}

type InvitationFacts = ToUser & { inviter: string; inviteUrl: string }
const invitationNote = 'The link lasts 7 days and works once. If you did not expect this, ignore this mail.'

export function renderUserInvited(
  portal: MailPortal,
  facts: InvitationFacts & { organization: string },
): Mail {
  return renderLayout(portal, {
    subject: `${facts.inviter} invited you to ${facts.organization} on ${portal.name}`,
    heading: `Join ${nameInMail(facts.organization)}`,
    greeting: greetingFor(facts.name),
    paragraphs: [
      `${nameInMail(facts.inviter)} invited you to ${nameInMail(facts.organization)} on ${nameInMail(portal.name)}. Choose a password to complete your registration.`,
    ],
    button: { label: 'Complete your registration', url: facts.inviteUrl },
    note: invitationNote,
  })
}

export function renderAdminInvited(portal: MailPortal, facts: InvitationFacts): Mail {
  return renderLayout(portal, {
    subject: `You are invited to administer ${portal.name}`,
    heading: `Administer ${nameInMail(portal.name)}`,
    greeting: greetingFor(facts.name),
    paragraphs: [
      `${nameInMail(facts.inviter)} invited you as an admin. Choose a password to complete your registration.`,
    ],
    button: { label: 'Complete your registration', url: facts.inviteUrl },
    note: invitationNote,
  })
}

export function renderEmailVerification(portal: MailPortal, facts: ToUser & { verifyUrl: string }): Mail {
  return renderLayout(portal, {
    subject: 'Confirm your email address',
    heading: 'Confirm your email address',
    greeting: greetingFor(facts.name),
    paragraphs: [
      `Please confirm that this is your address, so that ${nameInMail(portal.name)} can reach you.`,
    ],
    button: { label: 'Confirm email address', url: facts.verifyUrl },
    note: 'The link lasts 24 hours and works once. If you did not register, ignore this mail.',
  })
}

export function renderRegistrationRepeated(
  portal: MailPortal,
  facts: ToUser & { loginUrl: string; canLogIn: boolean },
): Mail {
  return renderLayout(portal, {
    subject: 'You already have an account',
    heading: 'You already have an account',
    greeting: greetingFor(facts.name),
    paragraphs: facts.canLogIn
      ? [
          `Someone, probably you, tried to register at ${nameInMail(portal.name)} with this address. You have an account already: log in with your password.`,
          'If you do not remember it, choose “Forgot password?” on the log-in page.',
        ]
      : [
          `Someone, probably you, tried to register at ${nameInMail(portal.name)} with this address. It has an account already, which is not active at the moment. An admin has to activate it before you can log in.`,
        ],
    ...(facts.canLogIn ? { button: { label: 'Log in', url: facts.loginUrl } } : {}),
    note: 'If it was not you, there is nothing to do: nobody has got in, and nothing was changed.',
  })
}

export function renderEmailChange(portal: MailPortal, facts: ToUser & { confirmUrl: string }): Mail {
  return renderLayout(portal, {
    subject: 'Confirm your new email address',
    heading: 'Confirm your new email address',
    greeting: greetingFor(facts.name),
    paragraphs: [
      `You asked to use this address for your account at ${nameInMail(portal.name)}. It counts once you confirm it.`,
    ],
    button: { label: 'Confirm new address', url: facts.confirmUrl },
    note: 'The link lasts 24 hours and works once. If you did not ask for it, ignore this mail.',
  })
}

export function renderEmailChanged(
  portal: MailPortal,
  facts: ToUser & { when: string; resetUrl: string },
): Mail {
  return renderLayout(portal, {
    subject: 'Your email address was changed',
    heading: 'Your email address was changed',
    greeting: greetingFor(facts.name),
    paragraphs: [
      `The address of your account was changed on ${facts.when}. From now on you log in with the new one, and mails go there.`,
      'If this was not you, tell an admin of the portal at once.',
    ],
    button: { label: 'Open the portal', url: facts.resetUrl },
  })
}

export function renderPasswordReset(portal: MailPortal, facts: ToUser & { resetUrl: string }): Mail {
  return renderLayout(portal, {
    subject: 'Reset your password',
    heading: 'Reset your password',
    greeting: greetingFor(facts.name),
    paragraphs: [
      'Someone, probably you, asked to reset the password of your account. Choose a new one here.',
    ],
    button: { label: 'Choose a new password', url: facts.resetUrl },
    note: 'The link lasts 24 hours and works once. If you did not ask for it, ignore this mail: your password stays as it is.',
  })
}

export function renderPasswordChanged(
  portal: MailPortal,
  facts: ToUser & { when: string; resetUrl: string },
): Mail {
  return renderLayout(portal, {
    subject: 'Your password was changed',
    heading: 'Your password was changed',
    greeting: greetingFor(facts.name),
    paragraphs: [
      `The password of your account was changed on ${facts.when}. Other devices have been logged out.`,
      'If this was not you, choose a new password now and tell an admin.',
    ],
    button: { label: 'Reset your password', url: facts.resetUrl },
  })
}

export function renderTwoFactorChanged(
  portal: MailPortal,
  facts: ToUser & { enabled: boolean; when: string; resetUrl: string },
): Mail {
  const change = `Two-factor authentication was turned ${facts.enabled ? 'on' : 'off'}`
  return renderLayout(portal, {
    subject: change,
    heading: change,
    greeting: greetingFor(facts.name),
    paragraphs: [
      `${change} for your account on ${facts.when}.`,
      'If this was not you, choose a new password now and tell an admin.',
    ],
    button: { label: 'Reset your password', url: facts.resetUrl },
  })
}

/** A factor that came or went while two-factor authentication stays on, or new recovery codes. */
export function renderFactorChanged(
  portal: MailPortal,
  facts: ToUser & {
    factor: string | null
    change: string | null
    passkey: string | null
    when: string
    resetUrl: string
  },
): Mail {
  const kind = facts.factor === 'passkey' ? 'A passkey' : 'An authenticator app'
  const headline =
    facts.change === 'replaced'
      ? 'Your recovery codes were replaced'
      : `${kind} was ${facts.change === 'removed' ? 'removed from' : 'added to'} your account`
  return renderLayout(portal, {
    subject: headline,
    heading: headline,
    greeting: greetingFor(facts.name),
    paragraphs: [
      `${headline} on ${facts.when}.`,
      ...(facts.passkey ? [`Name of the passkey: ${facts.passkey}`] : []),
      'If this was not you, choose a new password now and tell an admin.',
    ],
    button: { label: 'Reset your password', url: facts.resetUrl },
  })
}
