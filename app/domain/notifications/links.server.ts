// The one-time links of mails. A token is made when its mail is sent, so that none waits in an event, a row or a message.
import { canStop } from '~/domain/accounts/mail-choices'
import { sealUnsubscribe } from '~/domain/accounts/unsubscribe-link'
import type { DomainContext, TokenPurpose } from '~/domain/kernel/context'
import type { UserId } from '~/domain/kernel/ids'
import { type MailTemplate, mailKind } from './notifications'

const day = 86_400

type Link = {
  purpose: TokenPurpose
  ttlSeconds: number
  version: (user: LinkUser) => number
  withEmail?: true
}

export type LinkUser = {
  id: UserId
  email: string
  resetVersion: number
  resetRequestedAt: number | null
  passwordChangedAt: number | null
  emailVerifiedAt: number | null
}

const links: Partial<Record<MailTemplate, Link>> = {
  password_reset: { purpose: 'password_reset', ttlSeconds: day, version: (user) => user.resetVersion },
  email_verification: { purpose: 'email_verification', ttlSeconds: day, version: () => 0, withEmail: true },
  email_change: {
    purpose: 'email_change',
    ttlSeconds: day,
    version: (user) => user.resetVersion,
    withEmail: true,
  },
  user_invited: { purpose: 'invitation', ttlSeconds: 7 * day, version: (user) => user.resetVersion },
  admin_invited: { purpose: 'invitation', ttlSeconds: 7 * day, version: (user) => user.resetVersion },
}

/** Null for a mail without such a link. Throws when KV is down: the mail is tried again later. */
export async function issueLinkToken(
  ctx: Pick<DomainContext, 'tokens' | 'now'>,
  template: MailTemplate,
  user: LinkUser,
): Promise<string | null> {
  const link = links[template]
  if (!link) return null
  const payload = {
    userId: user.id,
    version: link.version(user),
    expiresAt: ctx.now + link.ttlSeconds * 1000,
    ...(link.withEmail ? { email: user.email } : {}),
  }
  return ctx.tokens.issue(link.purpose, payload, link.ttlSeconds)
}

/** For the mails that somebody can do without. */
export async function unsubscribeUrlOf(
  ctx: Pick<DomainContext, 'vault' | 'origin'>,
  template: MailTemplate,
  userId: UserId,
): Promise<string | null> {
  const kind = mailKind(template)?.choice
  const stoppable = kind && canStop(kind) ? kind : null
  const choice = template === 'digest' ? 'all' : stoppable
  return choice && `${ctx.origin}/unsubscribe?token=${await sealUnsubscribe(ctx, { userId, choice })}`
}

/** Why this mail would only confuse by now, or null: a link that is dead already is not sent. */
export function reasonNotNeeded(
  template: MailTemplate,
  event: { createdAt: number },
  user: LinkUser | null,
): string | null {
  if (!user) return null
  if (template === 'password_reset') {
    if ((user.resetRequestedAt ?? 0) > event.createdAt) return 'A newer link was asked for.'
    if ((user.passwordChangedAt ?? 0) > event.createdAt) return 'The password has been changed since.'
  }
  if (template === 'email_verification' && user.emailVerifiedAt !== null)
    return 'The address is confirmed already.'
  return null
}
