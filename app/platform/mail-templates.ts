// From a mail's facts to the mail: its parts, and its words, which an admin may have changed.
import type { MailFacts, RenderedMail } from '~/domain/notifications/mail'
import { type MailText, mailWords, parseMailText } from '~/domain/notifications/mail-text'
import { defaultText, headingOf } from '~/domain/notifications/mail-texts'
import { renderLayout } from '~/emails/layout'
import { fillBlocks, fillLine, fillSubject } from '~/emails/parts'
import { logError } from './log'
import { partsOf, valuesOf } from './mail-parts'

/** Words that an admin changed and that do not work (any more) are left aside: a mail in default words is better than none. */
export function renderMail(facts: MailFacts): RenderedMail {
  if (facts.text) {
    try {
      return renderWith(facts, facts.text)
    } catch (error) {
      logError('changed_mail_not_rendered', error, { template: facts.template })
    }
  }
  return renderWith(facts, defaultText(facts.template))
}

/** @throws for a placeholder that the mail does not have. */
export function renderWith(facts: MailFacts, text: MailText): RenderedMail {
  const { names, sentences, ...parts } = partsOf[facts.template](facts)
  const values = valuesOf(facts, { names, ...(sentences ? { sentences } : {}) })
  return renderLayout(facts.portal, {
    ...parts,
    subject: fillSubject(mailWords(text.subject), values),
    heading: fillLine(mailWords(headingOf(facts.template, text)), values),
    unsubscribeUrl: facts.unsubscribeUrl,
    blocks: fillBlocks(parseMailText(text.body), values),
  })
}
