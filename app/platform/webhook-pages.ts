// What the pages of webhooks load and do, for whoever owns them: the routes of admins and of super admins differ by their
// guard and by their addresses.
import { data, type LoaderFunctionArgs, redirect } from '@remix-run/cloudflare'
import type { DomainContext } from '~/domain/kernel/context'
import { pageRequest } from '~/domain/kernel/page'
import { addWebhook } from '~/domain/notifications/add-webhook.server'
import { eventTypeLabel } from '~/domain/notifications/audit-log'
import { deleteWebhook } from '~/domain/notifications/delete-webhook.server'
import { deliveryStateLabel } from '~/domain/notifications/deliveries'
import { editWebhook } from '~/domain/notifications/edit-webhook.server'
import { pauseWebhook } from '~/domain/notifications/pause-webhook.server'
import {
  getWebhook,
  getWebhookDelivery,
  getWebhookLog,
  listWebhooks,
} from '~/domain/notifications/queries-webhooks.server'
import { resumeWebhook } from '~/domain/notifications/resume-webhook.server'
import { rotateWebhookSecret } from '~/domain/notifications/rotate-webhook-secret.server'
import { sendFailedWebhooksAgain, sendWebhookAgain } from '~/domain/notifications/send-webhook-again.server'
import { testWebhook } from '~/domain/notifications/test-webhook.server'
import {
  againAtOnce,
  sendFailedInput,
  type WebhookOwner,
  webhookInput,
  webhookName,
} from '~/domain/notifications/webhook'
import { parseForm } from './forms'
import { idParam } from './params'
import { failedForm, orNotFound, redirectWithNotice, respond } from './responses'
import type { webhookPaths } from './webhook-paths'
import { webhookTools } from './webhook-tools'

type Args = LoaderFunctionArgs
type Owner = DomainContext<WebhookOwner>
type Paths = ReturnType<typeof webhookPaths>

const idOf = (args: Args) => idParam(args, 'whk', 'webhookId')

export async function webhookList(ctx: Owner) {
  const webhooks = await listWebhooks(ctx)
  return { now: ctx.now, webhooks: webhooks.map((row) => ({ ...row, name: webhookName(row) })) }
}

export async function oneWebhook(args: Args, ctx: Owner) {
  const webhook = await orNotFound(getWebhook(ctx, idOf(args)))
  return { ...webhook, name: webhookName(webhook) }
}

export async function webhookWithLog(args: Args, ctx: Owner) {
  const params = new URL(args.request.url).searchParams
  const failedOnly = params.get('show') === 'failed'
  const filter = { failedOnly, page: pageRequest(params, 25) }
  const { webhook, rows, next, previous } = await orNotFound(getWebhookLog(ctx, idOf(args), filter))
  return {
    now: ctx.now,
    webhook: { ...webhook, name: webhookName(webhook) },
    failedOnly,
    deliveries: rows.map((row) => ({
      ...row,
      what: eventTypeLabel(row.type),
      stateLabel: deliveryStateLabel(row),
    })),
    next,
    previous,
  }
}

export async function webhookDelivery(args: Args, ctx: Owner) {
  const found = await orNotFound(getWebhookDelivery(ctx, idOf(args), idParam(args, 'dlv', 'deliveryId')))
  const { webhook, delivery, log } = found
  return {
    now: ctx.now,
    webhook: { ...webhook, name: webhookName(webhook) },
    delivery: { ...delivery, what: eventTypeLabel(delivery.type), stateLabel: deliveryStateLabel(delivery) },
    log: log.map((attempt) => ({ ...attempt, requestBody: laidOut(attempt.requestBody) })),
  }
}

/** The same JSON as it was sent, in lines. */
function laidOut(body: string): string {
  return JSON.stringify(JSON.parse(body), null, 2)
}

/** The answer to a form that made a secret shows it: this one time, to nobody's cache. */
function shownOnce(made: { name: string; secret: string; webhookId: string }) {
  return data({ form: null, made }, { headers: { 'Cache-Control': 'no-store' } })
}

export type MadeSecret = { form: unknown; made?: { name: string; secret: string; webhookId: string } }

export async function addWebhookByForm(args: Args, ctx: Owner) {
  const form = await parseForm(args.request, webhookInput)
  if (!form.ok) return form.response
  const result = await addWebhook(ctx, form.value)
  return result.ok ? shownOnce(result.value) : failedForm(form, result.error)
}

export async function rotateByButton(args: Args, ctx: Owner, to: Paths) {
  const webhookId = idOf(args)
  const result = await rotateWebhookSecret(ctx, webhookId)
  return result.ok
    ? shownOnce({ ...result.value, webhookId })
    : respond(args, result, { redirectTo: to.one(webhookId) })
}

export async function editWebhookByForm(args: Args, ctx: Owner, to: Paths) {
  // Whoever may not see it is not told what is wrong with the form.
  const { id: webhookId } = await oneWebhook(args, ctx)
  const form = await parseForm(args.request, webhookInput)
  if (!form.ok) return form.response
  return respond(args, await editWebhook(ctx, webhookId, form.value), {
    form,
    redirectTo: to.one(webhookId),
    notice: ({ name }) => `${name} is saved`,
  })
}

export async function deleteByButton(args: Args, ctx: Owner, to: Paths) {
  return respond(args, await deleteWebhook(ctx, idOf(args)), {
    redirectTo: to.list,
    notice: ({ name }) => `The webhook ${name} is deleted`,
  })
}

export async function pauseByButton(args: Args, ctx: Owner, to: Paths) {
  const webhookId = idOf(args)
  return respond(args, await pauseWebhook(ctx, webhookId), {
    redirectTo: to.one(webhookId),
    notice: ({ name }) => `${name} is paused`,
  })
}

export async function resumeByButton(args: Args, ctx: Owner, to: Paths) {
  const webhookId = idOf(args)
  return respond(args, await resumeWebhook(ctx, webhookId), {
    redirectTo: to.one(webhookId),
    notice: ({ name }) => `${name} goes on`,
  })
}

export async function testByButton(args: Args, ctx: Owner, to: Paths) {
  const webhookId = idOf(args)
  const result = await testWebhook(ctx, webhookId, webhookTools)
  if (!result.ok) return respond(args, result, { redirectTo: to.one(webhookId) })
  const { deliveryId, sent } = result.value
  const notice = sent ? 'The receiver took the test event' : 'The test event did not arrive'
  return redirectWithNotice(args, to.delivery(webhookId, deliveryId), notice, sent ? 'success' : 'error')
}

export async function sendAgainByButton(args: Args, ctx: Owner, to: Paths) {
  const webhookId = idOf(args)
  const deliveryId = idParam(args, 'dlv', 'deliveryId')
  return respond(args, await sendWebhookAgain(ctx, webhookId, deliveryId), {
    redirectTo: to.delivery(webhookId, deliveryId),
    notice: 'It is being sent again',
  })
}

export async function sendFailedByForm(args: Args, ctx: Owner, to: Paths) {
  const { id: webhookId } = await oneWebhook(args, ctx)
  const form = await parseForm(args.request, sendFailedInput)
  if (!form.ok) return redirectWithNotice(args, to.one(webhookId), 'Choose since when.', 'error')
  return respond(args, await sendFailedWebhooksAgain(ctx, webhookId, form.value), {
    redirectTo: to.one(webhookId),
    notice: ({ count }) => againNotice(count),
  })
}

function againNotice(count: number): string {
  if (count === 1) return 'One delivery is being sent again'
  if (count < againAtOnce) return `${count} deliveries are being sent again`
  return `${count} deliveries are being sent again. If more have failed, press once more.`
}

/** The page to which a lone button belongs, for whoever opens its address. */
export function backToWebhook(args: Args, to: Paths): Response {
  return redirect(to.one(idOf(args)))
}
