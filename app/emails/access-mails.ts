// Mails about access requests and the credentials that come of them.
import { greetingFor, quotedReason } from './account-mails'
import { type Mail, type MailPortal, renderLayout } from './layout'
import { joinNames, nameInMail, namesInMail, paragraphInMail } from './words'

type AccessFacts = {
  app: string
  products: readonly string[]
  plan: string | null
  /** The plan that was in force, when a change of it is what was asked for. */
  planBefore: string | null
  /** The plan that was asked for, when another one was given. */
  planAskedFor: string | null
  catalog: string | null
}

function termsOf(facts: AccessFacts): [string, string][] {
  const terms: [string, string | null][] = [
    ['App', facts.app],
    ['Products', facts.products.length > 0 ? namesInMail(facts.products) : null],
    ['Plan', facts.plan],
    ['Plan before', facts.planBefore],
    ['Plan asked for', facts.planAskedFor],
    ['Catalog', facts.catalog],
  ]
  return terms.flatMap(([term, value]) =>
    value ? [[term, term === 'Products' ? value : nameInMail(value)]] : [],
  )
}

export function renderAccessRequested(
  portal: MailPortal,
  facts: AccessFacts & { requester: string; note: string | null; requestUrl: string },
): Mail {
  return renderLayout(portal, {
    subject: `${facts.app} asks for ${joinNames(facts.products)}`,
    heading: `${nameInMail(facts.app)} asks for ${namesInMail(facts.products)}`,
    paragraphs: [
      `${nameInMail(facts.requester)} waits for a decision on this request.`,
      ...(facts.planBefore
        ? [`${nameInMail(facts.app)} has this access already, and asks for another plan.`]
        : []),
    ],
    facts: [...termsOf(facts), ['Requested by', nameInMail(facts.requester)]],
    quote: facts.note ? { label: 'Note to the approver', text: paragraphInMail(facts.note) } : null,
    button: { label: 'Review request', url: facts.requestUrl },
  })
}

export function renderAccessWaiting(
  portal: MailPortal,
  facts: { count: number; requests: readonly { app: string; products: string }[]; listUrl: string },
): Mail {
  const many = facts.count !== 1
  const title = many
    ? `${facts.count} access requests wait for a decision`
    : 'An access request waits for a decision'
  const more = facts.count - facts.requests.length
  return renderLayout(portal, {
    subject: title,
    heading: title,
    paragraphs: [
      `${many ? 'They have' : 'It has'} waited for two days or longer.`,
      ...(more > 0 ? [`The ones that wait longest, and ${more} more:`] : []),
    ],
    facts: facts.requests.map(({ app, products }) => [nameInMail(app), nameInMail(products)]),
    button: { label: many ? 'Review requests' : 'Review the request', url: facts.listUrl },
  })
}

export function renderAccessApproved(
  portal: MailPortal,
  facts: AccessFacts & { name: string; appUrl: string },
): Mail {
  return renderLayout(portal, {
    subject: `Access to ${joinNames(facts.products)} is approved`,
    heading: `Access to ${namesInMail(facts.products)} is approved`,
    greeting: greetingFor(facts.name),
    paragraphs: [
      facts.planBefore
        ? `The plan of ${nameInMail(facts.app)} has changed. The same credential goes on under the new one.`
        : `The credential of ${nameInMail(facts.app)} works from now on. You find it on the page of the app.`,
      ...(facts.planAskedFor ? ['An admin has given it another plan than was asked for.'] : []),
    ],
    facts: termsOf(facts),
    button: { label: 'Open the app', url: facts.appUrl },
  })
}

export function renderAccessRejected(
  portal: MailPortal,
  facts: AccessFacts & { name: string; reason: string | null; appUrl: string },
): Mail {
  return renderLayout(portal, {
    subject: `Access to ${joinNames(facts.products)} was not approved`,
    heading: `Access to ${namesInMail(facts.products)} was not approved`,
    greeting: greetingFor(facts.name),
    paragraphs: [`An admin has decided not to approve this request of ${nameInMail(facts.app)}.`],
    facts: termsOf(facts),
    quote: quotedReason(facts.reason),
    button: { label: 'Open the app', url: facts.appUrl },
  })
}

type CredentialFacts = {
  name: string
  app: string
  credential: string
  products: readonly string[]
  appUrl: string
}

export type CredentialChange = 'rotated' | 'revoked' | 'limited' | 'expiring' | 'expired'

const credentialWords: Record<CredentialChange, { title: (app: string) => string; sentence: string }> = {
  rotated: {
    title: (app) => `A credential of ${app} was rotated`,
    sentence:
      'It has a new secret. Programs that use the old one have to be given the new one, which is on the page of the app.',
  },
  revoked: {
    title: (app) => `A credential of ${app} was revoked`,
    sentence: 'Calls that present it are refused from now on.',
  },
  limited: {
    title: (app) => `The limits of a credential of ${app} were changed`,
    sentence:
      'Its own limits decide from which addresses, with which methods, on which paths and how long it works. They are on the page of the app.',
  },
  expiring: {
    title: (app) => `A credential of ${app} expires soon`,
    sentence:
      'Rotate it on the page of the app before it expires, and give the new secret to the programs that use it.',
  },
  expired: {
    title: (app) => `A credential of ${app} has expired`,
    sentence: 'Calls that present it are refused. Rotate it on the page of the app to go on.',
  },
}

export function renderCredentialChanged(
  portal: MailPortal,
  facts: CredentialFacts & { change: CredentialChange; by: string | null; when: string | null },
): Mail {
  const words = credentialWords[facts.change]
  const terms: [string, string | null][] = [
    ['App', nameInMail(facts.app)],
    ['Credential', facts.credential ? nameInMail(facts.credential) : null],
    ['Products', facts.products.length > 0 ? namesInMail(facts.products) : null],
    ['By', facts.by ? nameInMail(facts.by) : null],
    [facts.change === 'expiring' ? 'Expires' : 'When', facts.when],
  ]
  return renderLayout(portal, {
    subject: words.title(facts.app),
    heading: words.title(nameInMail(facts.app)),
    greeting: greetingFor(facts.name),
    paragraphs: [words.sentence],
    facts: terms.flatMap(([term, value]) => (value ? [[term, value] as const] : [])),
    button: { label: 'Open the app', url: facts.appUrl },
  })
}

export function renderCredentialLeaked(
  portal: MailPortal,
  facts: Omit<CredentialFacts, 'products'> & { place: string | null; revoked: boolean; when: string },
): Mail {
  const terms: [string, string | null][] = [
    ['App', nameInMail(facts.app)],
    ['Credential', nameInMail(facts.credential)],
    ['Found at', facts.place === null ? null : nameInMail(facts.place)],
    ['Reported', facts.when],
  ]
  return renderLayout(portal, {
    subject: `A credential of ${facts.app} was found in public`,
    heading: `A credential of ${nameInMail(facts.app)} was found in public`,
    greeting: greetingFor(facts.name),
    paragraphs: [
      'A secret scanner found it where everybody can read it, so whoever has seen it can call APIs in the name of the app.',
      facts.revoked
        ? 'It was revoked at once: calls that present it are refused. Ask for access again, and keep the new one out of what is published.'
        : 'Rotate it now, and let the old one end at once. Taking it out of the file is not enough: the history keeps it.',
    ],
    facts: terms.flatMap(([term, value]) => (value ? [[term, value] as const] : [])),
    button: { label: 'Open the app', url: facts.appUrl },
  })
}
