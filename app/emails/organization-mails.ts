// Mails about organizations and their members: all but their words.
import { type MailParts, quotedReason, toPerson } from './parts'
import { nameInMail } from './words'

export function organizationRequested(facts: {
  requester: string
  organization: string
  organizationUrl: string
}): MailParts {
  return {
    names: { name: facts.requester, organization: facts.organization },
    facts: [
      ['Organization', nameInMail(facts.organization)],
      ['Asked for by', nameInMail(facts.requester)],
    ],
    button: { label: 'Review organization', url: facts.organizationUrl },
  }
}

type Decided = { name: string; organization: string }

function decided({ name, organization }: Decided) {
  return { ...toPerson(name), names: { name, organization } }
}

export function organizationRejected(facts: Decided & { reason: string | null }): MailParts {
  return { ...decided(facts), quote: quotedReason(facts.reason) }
}

/** For an organization that is approved, and a member who was removed or has another role. */
export function organizationChanged(
  facts: Decided & { role?: string | null; dashboardUrl: string },
): MailParts {
  return {
    ...decided(facts),
    ...(facts.role === undefined ? {} : { sentences: { role: facts.role ?? 'in another role' } }),
    button: { label: 'Open your dashboard', url: facts.dashboardUrl },
  }
}
