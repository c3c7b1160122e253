// A mail to the admin who asks for it, through the transport that all mails take. It has no delivery: nothing is owed to
// anybody, and what the provider says is told at once.
import type { AdminActor } from '~/domain/kernel/actor'
import type { DomainContext } from '~/domain/kernel/context'
import { newId } from '~/domain/kernel/ids'
import type { MailOutcome, RenderedMail } from '~/domain/notifications/mail'
import { mailPortalOf } from '~/domain/notifications/mail-portal'
import type { MailText } from '~/domain/notifications/mail-text'
import type { MailTemplate } from '~/domain/notifications/notifications'
import type { Settings } from '~/domain/settings/settings'
import { renderLayout } from '~/emails/layout'
import { sampleFacts } from './mail-samples'
import { mailSetupOf } from './mail-setup'
import { renderWith } from './mail-templates'
import { mailTools } from './mailer'
import { paths } from './paths'

/** `keptAt`: the outbox of a demo, which keeps what it takes. */
export type TestMailAnswer = MailOutcome & { to: string; keptAt: string | null }

type Context = Pick<DomainContext<AdminActor>, 'actor' | 'now' | 'origin'>

/** @throws for a text with a placeholder that the mail does not have: check it before. */
export function renderSample(
  ctx: Pick<Context, 'now' | 'origin'>,
  settings: Settings,
  template: MailTemplate,
  text: MailText,
): RenderedMail {
  const portal = mailPortalOf(settings, ctx.origin)
  return renderWith(sampleFacts({ template, text, portal, now: ctx.now }), text)
}

export function renderTransportTest(ctx: Context, settings: Settings, env: Env): RenderedMail {
  const portal = mailPortalOf(settings, ctx.origin)
  return renderLayout(portal, {
    subject: `Test mail of ${portal.name}`,
    heading: 'Mails of the portal arrive',
    blocks: [
      {
        kind: 'paragraph',
        lines: [[{ kind: 'text', text: 'You asked for this mail on the page of email settings.' }]],
      },
    ],
    facts: [['Sent by', mailSetupOf(env).transport]],
    button: { label: 'Open the portal', url: portal.origin },
  })
}

export async function sendTestMail(
  ctx: Context,
  settings: Settings,
  env: Env,
  rendered: RenderedMail,
): Promise<TestMailAnswer> {
  const to = ctx.actor.email
  const answer = await mailTools(env).send({
    ...rendered,
    deliveryId: newId('dlv', ctx.now),
    to,
    fromName: settings.portalName,
  })
  return { ...answer, to, keptAt: env.MAIL_TRANSPORT === 'outbox' ? paths.dev.outbox : null }
}
