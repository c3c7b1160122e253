// Mails about an app that somebody else than its owner changed: all but their words.
import { factsOf, type MailParts, quotedReason, toPerson } from './parts'
import { nameInMail } from './words'

type AppFacts = {
  name: string
  /** The app, or the organization whose apps they are. */
  thing: string
  isOrganization: boolean
  by: string
  when: string
  owners: { from: string; to: string } | null
  reason: string | null
  /** The page of the app, or the list when there is none to see. */
  page: { isApp: boolean; url: string }
}

export function appChanged({
  name,
  thing,
  isOrganization,
  by,
  when,
  owners,
  reason,
  page,
}: AppFacts): MailParts {
  return {
    ...toPerson(name),
    names: isOrganization ? { name, organization: thing } : { name, app: thing },
    facts: factsOf([
      [isOrganization ? 'Organization' : 'App', nameInMail(thing)],
      ['Owner before', owners && nameInMail(owners.from)],
      ['New owner', owners && nameInMail(owners.to)],
      ['By', nameInMail(by)],
      ['When', when],
    ]),
    quote: quotedReason(reason),
    button: { label: page.isApp ? 'Open the app' : 'Open your apps', url: page.url },
  }
}
