// The end of logging in, whichever way it went: the cookie of the session, or of the step before it, and where one goes.
import { redirect } from '@remix-run/cloudflare'
import type { SecondFactorNeeded } from '~/domain/accounts/login-challenge.server'
import type { NewSession } from '~/domain/accounts/open-session.server'
import {
  challengeCookie,
  challengeCookieHeader,
  clearedChallengeCookieHeader,
  readCookie,
  sessionCookieHeader,
} from './cookies'
import type { GuardArgs } from './guards'
import { landingPath } from './landing'
import { paths } from './paths'

export function enter(args: GuardArgs, { token, maxAgeSeconds, role, mustChangePassword }: NewSession) {
  args.context.scope.setCookies.push(
    sessionCookieHeader(token, maxAgeSeconds),
    clearedChallengeCookieHeader(),
  )
  return redirect(mustChangePassword ? paths.auth.changePassword : landingPath(role, returnToOf(args)), 303)
}

export function askForSecondFactor(
  args: GuardArgs,
  { challengeToken, maxAgeSeconds }: SecondFactorNeeded,
): Response {
  args.context.scope.setCookies.push(challengeCookieHeader(challengeToken, maxAgeSeconds))
  return redirect(paths.auth.twoFactor({ returnTo: returnToOf(args) }), 303)
}

/** The token of a step that waits for its answer. */
export function challengeTokenOf({ request }: GuardArgs): string | null {
  return readCookie(request, challengeCookie)
}

/** The page one came from, as the address of the form says; it is checked where one lands. */
export function returnToOf({ request }: GuardArgs): string | null {
  return new URL(request.url).searchParams.get('returnTo')
}
