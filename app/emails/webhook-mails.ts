// Mails about webhooks.
import { greetingFor } from './account-mails'
import { type Mail, type MailPortal, renderLayout } from './layout'
import { nameInMail } from './words'

type PausedFacts = {
  name: string | null
  webhook: string
  /** The receiver said that it is gone for good. */
  gone: boolean
  problem: string | null
  when: string
  url: string
}

export function renderWebhookPaused(portal: MailPortal, facts: PausedFacts): Mail {
  return renderLayout(portal, {
    subject: `The webhook ${facts.webhook} is paused`,
    heading: `The webhook ${nameInMail(facts.webhook)} is paused`,
    greeting: facts.name === null ? null : greetingFor(facts.name || 'there'),
    paragraphs: [
      facts.gone
        ? 'Its receiver answered that it is gone, so nothing more is sent there.'
        : 'It kept failing for more than a day, so nothing more is sent there.',
      'What happens meanwhile is kept for 30 days. Repair the receiver, resume the webhook, and send what has failed again.',
    ],
    facts: [...(facts.problem ? [['Last answer', facts.problem] as const] : []), ['Paused', facts.when]],
    button: { label: 'Open the webhook', url: facts.url },
  })
}
