import type { LoaderFunctionArgs } from '@remix-run/cloudflare'
import { getOutboxMail } from '~/domain/notifications/queries-outbox.server'
import { requireDevelopment, requireVisitor } from '~/platform/guards'
import { idParam } from '~/platform/params'
import { orNotFound } from '~/platform/responses'

/** Inline styles, as mails have them, the portal's logo, and nothing else: no script, no form. Only the outbox may frame it. */
const contentSecurityPolicy =
  "default-src 'none'; style-src 'unsafe-inline'; img-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'; sandbox allow-popups allow-top-navigation-by-user-activation"

export async function loader(args: LoaderFunctionArgs) {
  requireDevelopment(args)
  const ctx = await requireVisitor(args)
  const mailId = idParam(args, 'mail', 'mailId')
  const { html } = await orNotFound(getOutboxMail(ctx, mailId))
  // Links open in the window around the frame.
  return new Response(html.replace('<head>', '<head><base target="_top"/>'), {
    headers: {
      'Content-Type': 'text/html; charset=utf-8',
      'Content-Security-Policy': contentSecurityPolicy,
      'X-Frame-Options': 'SAMEORIGIN',
      'Referrer-Policy': 'no-referrer',
    },
  })
}
