// Which mails somebody chooses when to get: at once, in one mail a day, or, of those that one can do without, not at all.
// Every other mail comes at once, always: those that guard an account or a key are not among the choices.

type Choice = { roles: readonly ('developer' | 'admin')[]; label: string; canStop: boolean }

/** The ones that can be stopped are columns of `users`; which come once a day is a list there. */
export const mailChoices = {
  notifyRequests: { roles: ['developer'], label: 'Decisions about my access requests', canStop: true },
  notifyExpiry: { roles: ['developer'], label: 'Keys that expire, and quotas that run out', canStop: true },
  notifyUsers: { roles: ['admin'], label: 'New developers who wait for approval', canStop: true },
  notifyAccess: { roles: ['admin'], label: 'Access that apps ask for', canStop: true },
  notifyOrganizations: { roles: ['admin'], label: 'Organizations that developers ask for', canStop: true },
  notifyApps: { roles: ['developer'], label: 'What others do to my apps', canStop: false },
  notifyWebhooks: { roles: ['developer', 'admin'], label: 'Webhooks that were paused', canStop: false },
} as const satisfies Record<string, Choice>

export type MailChoice = keyof typeof mailChoices
export type StoppableChoice = {
  [K in MailChoice]: (typeof mailChoices)[K]['canStop'] extends true ? K : never
}[MailChoice]

export const mailTimings = { at_once: 'At once', daily: 'Once a day', never: 'Not at all' } as const
export type MailTiming = keyof typeof mailTimings

export const allMailChoices = Object.keys(mailChoices) as MailChoice[]

export function canStop(choice: MailChoice): choice is StoppableChoice {
  return mailChoices[choice].canStop
}

export const stoppableChoices = allMailChoices.filter(canStop)

export function mailChoicesOf(role: 'developer' | 'admin'): MailChoice[] {
  return allMailChoices.filter((choice) => (mailChoices[choice] as Choice).roles.includes(role))
}

/** As the row of a user has it. */
export function mailTimingsOf(
  user: Record<StoppableChoice, boolean> & { dailyMails: readonly string[] },
): Record<MailChoice, MailTiming> {
  const timing = (choice: MailChoice): MailTiming => {
    if (canStop(choice) && !user[choice]) return 'never'
    return user.dailyMails.includes(choice) ? 'daily' : 'at_once'
  }
  return Object.fromEntries(allMailChoices.map((choice) => [choice, timing(choice)])) as Record<
    MailChoice,
    MailTiming
  >
}
