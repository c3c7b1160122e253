// Mails about webhooks: all but their words.
import { factsOf, type MailParts, quotedReason, toPerson } from './parts'
import { nameInMail } from './words'

type PausedFacts = {
  /** Null for the notification address. */
  name: string | null
  webhook: string
  /** The receiver said that it is gone for good. */
  gone: boolean
  problem: string | null
  when: string
  url: string
}

export function webhookPaused(facts: PausedFacts): MailParts {
  return {
    names: { name: facts.name ?? '', webhook: facts.webhook },
    greeting: facts.name === null ? null : `Hello ${nameInMail(facts.name || 'there')},`,
    sentences: {
      why: facts.gone
        ? 'Its receiver answered that it is gone, so nothing more is sent there.'
        : 'It kept failing for more than a day, so nothing more is sent there.',
    },
    facts: factsOf([
      ['Last answer', facts.problem],
      ['Paused', facts.when],
    ]),
    button: { label: 'Open the webhook', url: facts.url },
  }
}

type StoppedFacts = {
  name: string
  webhook: string
  organization: string
  /** In the admin's words. */
  reason: string | null
  when: string
  url: string
}

export function webhookStopped({ name, ...facts }: StoppedFacts): MailParts {
  const { webhook, organization } = facts
  return {
    ...toPerson(name),
    names: { name, webhook, organization },
    facts: factsOf([
      ['Organization', nameInMail(organization)],
      ['Paused', facts.when],
    ]),
    quote: quotedReason(facts.reason),
    button: { label: 'Open the webhook', url: facts.url },
  }
}

type ResumedFacts = Omit<StoppedFacts, 'reason'> & {
  /** The organization had paused it before the admin did. */
  staysPaused: boolean
}

export function webhookResumed({ name, ...facts }: ResumedFacts): MailParts {
  const { webhook, organization } = facts
  return {
    ...toPerson(name),
    names: { name, webhook, organization },
    sentences: {
      next: facts.staysPaused
        ? 'It was paused before an admin stopped it, and that pause stands again: you can resume it yourself.'
        : 'Events are sent to it again.',
    },
    facts: factsOf([
      ['Organization', nameInMail(organization)],
      ['Resumed', facts.when],
    ]),
    button: { label: 'Open the webhook', url: facts.url },
  }
}
