// Which mails somebody can do without, each with the column of `users` that says so, and the one that collects them.

export const mailChoices = {
  notifyRequests: { role: 'developer', label: 'Decisions about my access requests' },
  notifyExpiry: { role: 'developer', label: 'Keys that expire, and quotas that run out' },
  notifyUsers: { role: 'admin', label: 'New developers who wait for approval' },
  notifyAccess: { role: 'admin', label: 'Access that apps ask for' },
  notifyOrganizations: { role: 'admin', label: 'Organizations that developers ask for' },
} as const satisfies Record<string, { role: 'developer' | 'admin'; label: string }>

export type MailChoice = keyof typeof mailChoices

export const allMailChoices = Object.keys(mailChoices) as MailChoice[]

export function mailChoicesOf(role: 'developer' | 'admin'): MailChoice[] {
  return allMailChoices.filter((choice) => mailChoices[choice].role === role)
}
