// The mail that collects the notices of a day: all but its words.
import { type MailParts, toPerson } from './parts'

export function digest(facts: {
  name: string
  count: number
  items: readonly { text: string; url: string }[]
  profileUrl: string
}): MailParts {
  const { name, count, items } = facts
  const more = count - items.length
  return {
    ...toPerson(name),
    sentences: {
      news: count === 1 ? '1 notice' : `${count} notices`,
      more: more > 0 ? `The first ${items.length} are listed.` : '',
    },
    items,
    button: { label: 'Choose your mails', url: facts.profileUrl },
  }
}
