// Mails about an app that somebody else than its owner changed.
import { greetingFor, quotedReason } from './account-mails'
import { type Mail, type MailPortal, renderLayout } from './layout'
import { nameInMail } from './words'

export type AppChange =
  | 'created'
  | 'frozen'
  | 'unfrozen'
  | 'transferred'
  | 'deleted'
  | 'organization_frozen'
  | 'organization_unfrozen'

type Words = { title: (name: string) => string; sentence: string; button: string }

const words: Record<AppChange, Words> = {
  created: {
    title: (app) => `The app ${app} was made for you`,
    sentence: 'It is yours: you change it, share it and see its credentials on its page.',
    button: 'Open the app',
  },
  frozen: {
    title: (app) => `The app ${app} was frozen`,
    sentence:
      'The gateway refuses its credentials until it is unfrozen. They then work again, with the same limits.',
    button: 'Open the app',
  },
  unfrozen: {
    title: (app) => `The app ${app} is unfrozen`,
    sentence: 'Its credentials work again, with the same limits as before.',
    button: 'Open the app',
  },
  transferred: {
    title: (app) => `The app ${app} has another owner`,
    sentence: 'Its credentials go on working. Mails about it go to the new owner from now on.',
    button: 'Open your apps',
  },
  deleted: {
    title: (app) => `The app ${app} was deleted`,
    sentence: 'Its credentials do not work any more, and what it had asked for is withdrawn.',
    button: 'Open your apps',
  },
  organization_frozen: {
    title: (organization) => `The apps of ${organization} were frozen`,
    sentence:
      'The gateway refuses the credentials of every app of the organization until a super admin unfreezes them.',
    button: 'Open your apps',
  },
  organization_unfrozen: {
    title: (organization) => `The apps of ${organization} are unfrozen`,
    sentence: 'Their credentials work again, but for apps that are frozen by themselves.',
    button: 'Open your apps',
  },
}

type AppFacts = {
  change: AppChange
  name: string
  /** The app, or the organization whose apps they are. */
  thing: string
  by: string
  when: string
  owners: { from: string; to: string } | null
  reason: string | null
  url: string
}

export function renderAppChanged(portal: MailPortal, facts: AppFacts): Mail {
  const { title, sentence, button } = words[facts.change]
  return renderLayout(portal, {
    subject: title(facts.thing),
    heading: title(nameInMail(facts.thing)),
    greeting: greetingFor(facts.name),
    paragraphs: [sentence],
    facts: [
      [facts.change.startsWith('organization_') ? 'Organization' : 'App', nameInMail(facts.thing)],
      ...(facts.owners
        ? ([
            ['Owner before', nameInMail(facts.owners.from)],
            ['New owner', nameInMail(facts.owners.to)],
          ] as const)
        : []),
      ['By', nameInMail(facts.by)],
      ['When', facts.when],
    ],
    quote: quotedReason(facts.reason),
    button: { label: button, url: facts.url },
  })
}
