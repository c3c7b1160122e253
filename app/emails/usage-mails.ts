// Mails about what an app uses.
import { greetingFor } from './account-mails'
import { type Mail, type MailPortal, renderLayout } from './layout'
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

export function renderQuotaReached(portal: MailPortal, facts: QuotaFacts): Mail {
  const title = (app: string) =>
    facts.usedUp ? `${app} has used up its quota` : `${app} has used 80 % of its quota`
  const calls = new Intl.NumberFormat('en')
  return renderLayout(portal, {
    subject: title(facts.app),
    heading: title(nameInMail(facts.app)),
    greeting: greetingFor(facts.name),
    paragraphs: [
      facts.usedUp
        ? 'Calls are refused with “quota_exceeded” until the quota begins anew, or a larger plan is approved.'
        : 'When all of it is used, calls are refused until it begins anew. The usage of the app shows where it is heading, and which plan would fit.',
    ],
    facts: [
      ['App', nameInMail(facts.app)],
      ...(facts.products.length > 0 ? [['Products', namesInMail(facts.products)] as const] : []),
      ...(facts.plan ? [['Plan', nameInMail(facts.plan)] as const] : []),
      ['Used', `${calls.format(facts.used)} of ${calls.format(facts.limit)} calls`],
      ['Begins anew', facts.renews],
    ],
    button: { label: 'See the usage', url: facts.usageUrl },
  })
}
