// The transport of the demo and the tests: a mail becomes a row. One per delivery, whatever is retried.

import type { SystemActor } from '~/domain/kernel/actor'
import type { DomainContext } from '~/domain/kernel/context'
import { newId } from '~/domain/kernel/ids'
import { outboxMails } from '~db/schema'
import type { MailMessage } from './mail'

export async function storeOutboxMail(
  ctx: Pick<DomainContext<SystemActor>, 'db' | 'now'>,
  message: MailMessage,
): Promise<void> {
  await ctx.db
    .insert(outboxMails)
    .values({
      id: newId('mail', ctx.now),
      deliveryId: message.deliveryId,
      recipient: message.to,
      subject: message.subject,
      html: message.html,
      text: message.text,
      createdAt: ctx.now,
    })
    .onConflictDoNothing()
}
