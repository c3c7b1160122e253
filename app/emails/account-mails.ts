// Mails about a person's account: all but their words.
import { factsOf, type MailParts, quotedReason, toPerson } from './parts'
import { nameInMail } from './words'

type ToUser = { name: string }

export function userWaiting(facts: { userName: string; email: string; userUrl: string }): MailParts {
  return {
    names: { name: facts.userName },
    facts: [
      ['Name', nameInMail(facts.userName)],
      ['Email', facts.email],
    ],
    button: { label: 'Review registration', url: facts.userUrl },
  }
}

/** For the first mail to somebody, and for the one that says that the account is active. */
export function canLogIn(facts: ToUser & { loginUrl: string }): MailParts {
  return { ...toPerson(facts.name), button: { label: 'Log in', url: facts.loginUrl } }
}

/** For a registration that is not approved, and an account that is disabled. */
export function cannotLogIn(facts: ToUser & { reason: string | null }): MailParts {
  return { ...toPerson(facts.name), quote: quotedReason(facts.reason) }
}

type InvitationFacts = ToUser & { inviter: string; inviteUrl: string; organization?: string }

export function invited({ name, inviter, organization, inviteUrl }: InvitationFacts): MailParts {
  return {
    ...toPerson(name),
    names: { name, inviter, ...(organization === undefined ? {} : { organization }) },
    button: { label: 'Complete your registration', url: inviteUrl },
    note: 'The link lasts 7 days and works once. If you did not expect this, ignore this mail.',
  }
}

export function emailVerification(facts: ToUser & { verifyUrl: string }): MailParts {
  return {
    ...toPerson(facts.name),
    button: { label: 'Confirm email address', url: facts.verifyUrl },
    note: 'The link lasts 24 hours and works once. If you did not register, ignore this mail.',
  }
}

export function registrationRepeated(facts: ToUser & { loginUrl: string; canLogIn: boolean }): MailParts {
  return {
    ...toPerson(facts.name),
    sentences: {
      advice: facts.canLogIn
        ? 'You have an account already: log in with your password. If you do not remember it, choose “Forgot password?” on the log-in page.'
        : 'It has an account already, which is not active at the moment. An admin has to activate it before you can log in.',
    },
    ...(facts.canLogIn ? { button: { label: 'Log in', url: facts.loginUrl } } : {}),
    note: 'If it was not you, there is nothing to do: nobody has got in, and nothing was changed.',
  }
}

export function emailChange(facts: ToUser & { confirmUrl: string }): MailParts {
  return {
    ...toPerson(facts.name),
    button: { label: 'Confirm new address', url: facts.confirmUrl },
    note: 'The link lasts 24 hours and works once. If you did not ask for it, ignore this mail.',
  }
}

export function emailChanged(facts: ToUser & { when: string; portalUrl: string }): MailParts {
  return {
    ...toPerson(facts.name),
    sentences: { when: facts.when },
    button: { label: 'Open the portal', url: facts.portalUrl },
  }
}

export function passwordReset(facts: ToUser & { resetUrl: string }): MailParts {
  return {
    ...toPerson(facts.name),
    button: { label: 'Choose a new password', url: facts.resetUrl },
    note: 'The link lasts 24 hours and works once. If you did not ask for it, ignore this mail: your password stays as it is.',
  }
}

/** A change that somebody else may have made: the way to take the account back is its button. */
type Guarded = ToUser & { when: string; resetUrl: string }

function guarded({ name, when, resetUrl }: Guarded) {
  return {
    ...toPerson(name),
    sentences: { when },
    button: { label: 'Reset your password', url: resetUrl },
  }
}

export function passwordChanged(facts: Guarded): MailParts {
  return guarded(facts)
}

export function twoFactorChanged(facts: Guarded & { enabled: boolean }): MailParts {
  return { ...guarded(facts), sentences: { when: facts.when, state: facts.enabled ? 'on' : 'off' } }
}

/** A factor that came or went while two-factor authentication stays on, or new recovery codes. */
export function factorChanged(
  facts: Guarded & { factor: string | null; change: string | null; passkey: string | null },
): MailParts {
  const kind = facts.factor === 'passkey' ? 'A passkey' : 'An authenticator app'
  const change =
    facts.change === 'replaced'
      ? 'Your recovery codes were replaced'
      : `${kind} was ${facts.change === 'removed' ? 'removed from' : 'added to'} your account`
  return {
    ...guarded(facts),
    sentences: { when: facts.when, change },
    facts: factsOf([['Passkey', facts.passkey === null ? null : nameInMail(facts.passkey)]]),
  }
}
