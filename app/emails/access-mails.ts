// Mails about access requests and the credentials that come of them: all but their words.
import { factsOf, type MailParts, quotedReason, toPerson } from './parts'
import { nameInMail, namesInMail, paragraphInMail } from './words'

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

function nameOrNone(name: string | null): string | null {
  return name ? nameInMail(name) : null
}

function termsOf(facts: AccessFacts): [string, string][] {
  return factsOf([
    ['App', nameInMail(facts.app)],
    ['Products', namesInMail(facts.products)],
    ['Plan', nameOrNone(facts.plan)],
    ['Plan before', nameOrNone(facts.planBefore)],
    ['Plan asked for', nameOrNone(facts.planAskedFor)],
    ['Catalog', nameOrNone(facts.catalog)],
  ])
}

export function accessRequested(
  facts: AccessFacts & { requester: string; note: string | null; requestUrl: string },
): MailParts {
  const { app, products, requester } = facts
  return {
    names: { app, products, requester },
    sentences: {
      plan_change: facts.planBefore
        ? `${nameInMail(app)} has this access already, and asks for another plan.`
        : '',
    },
    facts: [...termsOf(facts), ['Requested by', nameInMail(requester)]],
    quote: facts.note ? { label: 'Note to the approver', text: paragraphInMail(facts.note) } : null,
    button: { label: 'Review request', url: facts.requestUrl },
  }
}

export function accessWaiting(facts: {
  count: number
  requests: readonly { app: string; products: string }[]
  listUrl: string
}): MailParts {
  const many = facts.count !== 1
  const more = facts.count - facts.requests.length
  return {
    names: {},
    sentences: {
      waiting: many ? `${facts.count} access requests wait` : 'An access request waits',
      more: more > 0 ? `The ones that wait longest, and ${more} more:` : '',
    },
    facts: facts.requests.map(({ app, products }) => [nameInMail(app), nameInMail(products)]),
    button: { label: many ? 'Review requests' : 'Review the request', url: facts.listUrl },
  }
}

export function accessApproved(facts: AccessFacts & { name: string; appUrl: string }): MailParts {
  const { name, app, products } = facts
  return {
    ...toPerson(name),
    names: { name, app, products },
    sentences: {
      consequence: facts.planBefore
        ? `The plan of ${nameInMail(app)} has changed. The same credential goes on under the new one.`
        : `The credential of ${nameInMail(app)} works from now on. You find it on the page of the app.`,
      plan_change: facts.planAskedFor ? 'An admin has given it another plan than was asked for.' : '',
    },
    facts: termsOf(facts),
    button: { label: 'Open the app', url: facts.appUrl },
  }
}

export function accessRejected(
  facts: AccessFacts & { name: string; reason: string | null; appUrl: string },
): MailParts {
  const { name, app, products } = facts
  return {
    ...toPerson(name),
    names: { name, app, products },
    facts: termsOf(facts),
    quote: quotedReason(facts.reason),
    button: { label: 'Open the app', url: facts.appUrl },
  }
}

type CredentialFacts = {
  name: string
  app: string
  credential: string
  products: readonly string[]
  appUrl: string
}

export function credentialChanged(
  facts: CredentialFacts & { by: string | null; when: string | null; expires: string | null },
): MailParts {
  const { name, app, credential, products } = facts
  return {
    ...toPerson(name),
    names: { name, app, credential, products },
    facts: factsOf([
      ['App', nameInMail(app)],
      ['Credential', nameOrNone(credential)],
      ['Products', namesInMail(products)],
      ['By', nameOrNone(facts.by)],
      ['When', facts.when],
      ['Expires', facts.expires],
    ]),
    button: { label: 'Open the app', url: facts.appUrl },
  }
}

export function credentialLeaked(
  facts: Omit<CredentialFacts, 'products'> & { place: string | null; revoked: boolean; when: string },
): MailParts {
  const { name, app, credential } = facts
  return {
    ...toPerson(name),
    names: { name, app, credential },
    sentences: {
      advice: facts.revoked
        ? 'It was revoked at once: calls that present it are refused. Ask for access again, and keep the new one out of what is published.'
        : 'Rotate it now, and let the old one end at once. Taking it out of the file is not enough: the history keeps it.',
    },
    facts: factsOf([
      ['App', nameInMail(app)],
      ['Credential', nameInMail(credential)],
      ['Found at', nameOrNone(facts.place)],
      ['Reported', facts.when],
    ]),
    button: { label: 'Open the app', url: facts.appUrl },
  }
}
