// Mails about organizations and their members.
import { greetingFor, quotedReason } from './account-mails'
import { type Mail, type MailPortal, renderLayout } from './layout'
import { nameInMail } from './words'

export function renderOrganizationRequested(
  portal: MailPortal,
  facts: { requester: string; organization: string; organizationUrl: string },
): Mail {
  return renderLayout(portal, {
    subject: `${facts.requester} asks for an organization`,
    heading: `${nameInMail(facts.requester)} asks for an organization`,
    paragraphs: ['The organization can invite its people once an admin has approved it.'],
    facts: [
      ['Organization', nameInMail(facts.organization)],
      ['Asked for by', nameInMail(facts.requester)],
    ],
    button: { label: 'Review organization', url: facts.organizationUrl },
  })
}

type Decided = { name: string; organization: string }

export function renderOrganizationApproved(
  portal: MailPortal,
  facts: Decided & { dashboardUrl: string },
): Mail {
  const organization = nameInMail(facts.organization)
  return renderLayout(portal, {
    subject: `Your organization ${facts.organization} is approved`,
    heading: `Your organization ${organization} is approved`,
    greeting: greetingFor(facts.name),
    paragraphs: [
      `You are its Super admin. You can now invite the people of ${organization} and share apps with them.`,
    ],
    button: { label: 'Open your dashboard', url: facts.dashboardUrl },
  })
}

export function renderOrganizationRejected(
  portal: MailPortal,
  facts: Decided & { reason: string | null },
): Mail {
  return renderLayout(portal, {
    subject: 'Your organization request was not approved',
    heading: 'Your organization request was not approved',
    greeting: greetingFor(facts.name),
    paragraphs: [
      `An admin has decided not to approve the organization ${nameInMail(facts.organization)}. Your account stays as it is.`,
    ],
    quote: quotedReason(facts.reason),
  })
}

export function renderMemberRemoved(portal: MailPortal, facts: Decided & { dashboardUrl: string }): Mail {
  return renderLayout(portal, {
    subject: `You were removed from ${facts.organization}`,
    heading: `You were removed from ${nameInMail(facts.organization)}`,
    greeting: greetingFor(facts.name),
    paragraphs: ['You keep your account, but no longer see the apps of the organization. They stay with it.'],
    button: { label: 'Open your dashboard', url: facts.dashboardUrl },
  })
}

export function renderMemberRoleChanged(
  portal: MailPortal,
  facts: Decided & { role: string | null; dashboardUrl: string },
): Mail {
  return renderLayout(portal, {
    subject: `Your role in ${facts.organization} was changed`,
    heading: `Your role in ${nameInMail(facts.organization)} was changed`,
    greeting: greetingFor(facts.name),
    paragraphs: [facts.role ? `You are ${facts.role} now.` : 'What you may do there has changed.'],
    button: { label: 'Open your dashboard', url: facts.dashboardUrl },
  })
}
