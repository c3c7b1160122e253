// What the addresses answer that browsers ask for a passkey's question: JSON with the options, or the problem in words.

import type { OpenedQuestion } from '~/domain/accounts/passkey-challenge.server'
import { type DomainError, errorStatus } from '~/domain/kernel/errors'
import { challengeCookieHeader } from './cookies'
import type { GuardArgs } from './guards'
import { errorHeaders } from './responses'

export function answerQuestion(args: GuardArgs, question: OpenedQuestion, options: unknown): Response {
  args.context.scope.setCookies.push(challengeCookieHeader(question.challengeToken, question.maxAgeSeconds))
  return Response.json({ options })
}

export function answerProblem(error: DomainError): Response {
  const problem = Object.values(error.fields ?? {}).flat()[0] ?? error.message
  return Response.json({ problem }, { status: errorStatus[error.code], headers: errorHeaders(error) })
}
