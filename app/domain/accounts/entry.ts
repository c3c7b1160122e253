// Who has shown who they are, but may not come in: closed accounts, a closed portal, what is still missing.
import { type DomainError, domainError } from '~/domain/kernel/errors'
import type { Settings } from '~/domain/settings/settings'
import type { UserState } from './account'

export const wrongCredentials = domainError(
  'wrong_credentials',
  'The email address or the password is not right. Check both and try again.',
)

type Entrant = { state: UserState; role: 'admin' | 'developer'; emailVerifiedAt: number | null }

/** What somebody is told who gave the right proof but may not come in; null for who may. */
export function refuseEntry(user: Entrant, settings: Settings): DomainError | null {
  if (user.state !== 'active' && user.state !== 'pending') return wrongCredentials
  if (user.role === 'developer') {
    if (!settings.signInEnabled || settings.visibility === 'hidden')
      return domainError('sign_in_disabled', 'This portal is disabled')
    if (settings.requireEmailVerification && user.emailVerifiedAt === null) {
      return domainError(
        'email_not_verified',
        'Confirm your email address first: open the link in the mail that we have sent you. It may take some minutes to arrive.',
      )
    }
  }
  if (user.state === 'pending') {
    return domainError(
      'approval_pending',
      "An admin still has to approve your registration. You'll receive an email once it's been approved.",
    )
  }
  return null
}
