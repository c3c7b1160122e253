// Mails about what an app uses: all but their words.
import { factsOf, type MailParts, toPerson } from './parts'
import { nameInMail, namesInMail } from './words'

type QuotaFacts = {
  name: string
  app: string
  products: readonly string[]
  plan: string | null
  usedUp: boolean
  used: number
  limit: number
  /** When the next period begins. */
  renews: string
  usageUrl: string
}

export function quotaReached(facts: QuotaFacts): MailParts {
  const { name, app, products, usedUp } = facts
  const calls = new Intl.NumberFormat('en')
  return {
    ...toPerson(name),
    names: { name, app, products },
    sentences: {
      reached: usedUp ? 'has used up' : 'has used 80 % of',
      advice: usedUp
        ? 'Calls are refused with “quota_exceeded” until the quota begins anew, or a larger plan is approved.'
        : 'When all of it is used, calls are refused until it resets. The usage of the app shows where it is heading, and which plan would fit.',
    },
    facts: factsOf([
      ['App', nameInMail(app)],
      ['Products', namesInMail(products)],
      ['Plan', facts.plan && nameInMail(facts.plan)],
      ['Used', `${calls.format(facts.used)} of ${calls.format(facts.limit)} calls`],
      ['Resets', facts.renews],
    ]),
    button: { label: 'See the usage', url: facts.usageUrl },
  }
}
