// The outbox: mails of the demo and the tests are kept as rows, and shown at /dev/outbox.
import { storeOutboxMail } from '~/domain/notifications/store-outbox-mail.server'
import { createDatabase } from '~db/client'
import type { MailTransport } from './mailer'

export function outboxTransport(env: Env): MailTransport {
  return async (message) => {
    await storeOutboxMail({ db: createDatabase(env.DB), now: Date.now() }, message)
    return { outcome: 'ok' }
  }
}
