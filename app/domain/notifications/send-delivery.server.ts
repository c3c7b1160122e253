// Makes one attempt to deliver one mail. What is sent is worked out anew at each attempt, one-time tokens included.
import { eq, sql } from 'drizzle-orm'
import type { SystemActor } from '~/domain/kernel/actor'
import type { DomainContext } from '~/domain/kernel/context'
import type { Id } from '~/domain/kernel/ids'
import { emailKey } from '~/domain/kernel/text'
import { settingsOf, settingsQuery } from '~/domain/settings/queries.server'
import { named, namedOrNull } from '~db/columns'
import { deliveries, emailChanges, emailTemplates, events, organizations, users } from '~db/schema'
import { maxAttempts } from './deliveries'
import {
  claimStatement,
  type DeliveryAttempt,
  type Finish,
  finishAttempt,
  retryable,
} from './delivery-attempt.server'
import { holdStatement } from './delivery-order.server'
import { issueLinkToken, reasonNotNeeded, unsubscribeUrlOf } from './links.server'
import type { MailOutcome, MailTools, RenderedMail } from './mail'
import { waitForStrangersMail } from './mail-breaker.server'
import { mailPortalOf } from './mail-portal'
import { type MailTemplate, mailKind } from './notifications'
import { listDigestItems } from './queries-digest.server'

type Context = DomainContext<SystemActor>

const tooManyMails = 'Too many mails were asked for within an hour. It waits for the next one.'

export async function sendDelivery(
  ctx: Context,
  deliveryId: Id<'dlv'>,
  mail: MailTools,
): Promise<DeliveryAttempt> {
  const [claims, factRows, settingsRows] = await ctx.db.batch([
    claimStatement(ctx, deliveryId, 'email'),
    factsQuery(ctx, deliveryId),
    settingsQuery(ctx.db),
    holdStatement(ctx, deliveryId),
  ])
  const claim = claims[0]
  const facts = factRows[0]
  if (!claim || !facts) return { outcome: 'not_claimed' }
  const finish = (outcome: Finish) => finishAttempt(ctx, deliveryId, claim.attempts, outcome)

  const kind = mailKind(facts.template)
  if (!kind) return finish({ state: 'failed', error: 'This kind of mail is not known.' })
  // A consumer that dies at each attempt must not go on for ever.
  if (claim.attempts > maxAttempts) return finish({ state: 'dead', error: 'Every attempt was interrupted.' })

  const settings = settingsOf(settingsRows)
  const recipient = recipientOf(facts, settings.notificationAddress)
  if (!recipient) return finish({ state: 'sent', notNeeded: 'The recipient has no account any more.' })
  if (recipient.user && !kind.recipientStates.includes(recipient.user.state)) {
    return finish({ state: 'sent', notNeeded: `The account is ${recipient.user.state} now.` })
  }
  const template = facts.template as MailTemplate
  const notNeeded = reasonNotNeeded(template, facts.event, recipient.user)
  if (notNeeded) return finish({ state: 'sent', notNeeded })

  const wait = kind.byStrangers ? await waitForStrangersMail(ctx) : 0
  if (wait > 0)
    return finish({ state: 'pending', error: tooManyMails, retryInSeconds: wait, uncounted: true })

  let token: string | null
  let unsubscribeUrl: string | null
  try {
    token = recipient.user ? await issueLinkToken(ctx, template, recipient.user) : null
    unsubscribeUrl = recipient.user ? await unsubscribeUrlOf(ctx, template, recipient.user.id) : null
  } catch {
    return finish(
      retryable('The link could not be made, because the token store did not answer.', claim.attempts),
    )
  }
  const portal = mailPortalOf(settings, ctx.origin)
  let rendered: RenderedMail
  try {
    const { event } = facts
    const items = template === 'digest' ? await listDigestItems(ctx, event.data) : []
    const text = textOf(facts)
    rendered = mail.render({
      template,
      text,
      portal,
      recipient: recipient.user,
      event,
      token,
      unsubscribeUrl,
      items,
    })
  } catch {
    return finish(retryable('The mail could not be written.', claim.attempts))
  }
  const answer = await mail.send({
    ...rendered,
    deliveryId,
    to: recipient.address,
    fromName: settings.portalName,
    unsubscribeUrl,
  })
  return finish(finishFor(answer, claim.attempts))
}

function finishFor(answer: MailOutcome, attempts: number): Finish {
  if (answer.outcome === 'ok') return { state: 'sent' }
  if (answer.outcome === 'permanent') return { state: 'failed', error: answer.reason }
  return retryable(answer.reason, attempts, answer.retryAfterSeconds)
}

function factsQuery(ctx: Context, deliveryId: Id<'dlv'>) {
  return ctx.db
    .select({
      template: deliveries.template,
      recipientKey: deliveries.recipientKey,
      event: {
        type: named(events.type, 'event_type'),
        actorLabel: events.actorLabel,
        actorType: events.actorType,
        subjectId: events.subjectId,
        appId: events.appId,
        organizationName: namedOrNull(organizations.name, 'organization_name'),
        data: named(events.data, 'event_data'),
        createdAt: named(events.createdAt, 'event_created_at'),
      },
      userId: namedOrNull(users.id, 'user_id'),
      email: namedOrNull(users.email, 'user_email'),
      changedSubject: namedOrNull(emailTemplates.subject, 'changed_subject'),
      changedBody: namedOrNull(emailTemplates.bodyMarkdown, 'changed_body'),
      newEmail: namedOrNull(emailChanges.email, 'new_email'),
      firstName: users.firstName,
      lastName: users.lastName,
      userState: namedOrNull(users.state, 'user_state'),
      resetVersion: users.resetVersion,
      resetRequestedAt: users.resetRequestedAt,
      passwordChangedAt: users.passwordChangedAt,
      emailVerifiedAt: users.emailVerifiedAt,
    })
    .from(deliveries)
    .innerJoin(events, eq(events.id, deliveries.eventId))
    .leftJoin(
      users,
      sql`${users.id} = case when substr(${deliveries.recipientKey}, 4, 1) = ':' then substr(${deliveries.recipientKey}, 5) else ${deliveries.recipientKey} end`,
    )
    .leftJoin(emailTemplates, eq(emailTemplates.template, deliveries.template))
    .leftJoin(emailChanges, eq(emailChanges.userId, users.id))
    .leftJoin(organizations, eq(organizations.id, events.organizationId))
    .where(eq(deliveries.id, deliveryId))
    .limit(1)
}

type Facts = Awaited<ReturnType<typeof factsQuery>>[number]

function textOf({ changedSubject, changedBody }: Facts) {
  return changedSubject === null || changedBody === null
    ? null
    : { subject: changedSubject, body: changedBody }
}

/** The stored address: nothing that came with a request decides where a mail goes. */
function recipientOf(facts: Facts, notificationAddress: string | null) {
  const kind = /^(new|old):/.exec(facts.recipientKey)?.[1]
  if (!facts.recipientKey.startsWith('usr_') && !kind) {
    const current = notificationAddress && emailKey(notificationAddress) === facts.recipientKey
    return { address: current ? notificationAddress : facts.recipientKey, user: null }
  }
  if (!facts.userId || facts.email === null || facts.userState === null) return null
  const before = facts.event.data['before']
  const address = kind === 'new' ? facts.newEmail : kind === 'old' ? before : facts.email
  if (typeof address !== 'string') return null
  return {
    address,
    user: {
      id: facts.userId,
      // A link to a new address is bound to that address.
      email: kind === 'new' ? address : facts.email,
      name: `${facts.firstName ?? ''} ${facts.lastName ?? ''}`.trim(),
      state: facts.userState,
      resetVersion: facts.resetVersion ?? 0,
      resetRequestedAt: facts.resetRequestedAt,
      passwordChangedAt: facts.passwordChangedAt,
      emailVerifiedAt: facts.emailVerifiedAt,
    },
  }
}
