// The ids and names that stand in an address.
import { type Id, type IdPrefix, parseId } from '~/domain/kernel/ids'
import { mailTemplateOf } from '~/domain/notifications/mail-texts'
import type { MailTemplate } from '~/domain/notifications/notifications'
import { notFound } from './responses'

/** What is no id of this kind leads nowhere: 404, as for an id of nothing. */
export function idParam<P extends IdPrefix>(
  args: { params: Readonly<Record<string, string | undefined>> },
  prefix: P,
  name: string,
): Id<P> {
  const id = parseId(prefix, args.params[name])
  if (!id) throw notFound()
  return id
}

export function mailParam(args: { params: Readonly<Record<string, string | undefined>> }): MailTemplate {
  const template = mailTemplateOf(args.params['template'])
  if (!template) throw notFound()
  return template
}
