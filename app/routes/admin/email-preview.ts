// Framed by the page of a mail: the words in force when it is read, those that somebody is typing when they are posted.
import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/cloudflare'
import { mailDraftInput } from '~/domain/notifications/mail-text'
import { readDraft } from '~/domain/notifications/mail-texts'
import { getMailText } from '~/domain/notifications/queries-mail-texts.server'
import { parseForm } from '~/platform/forms'
import { requireAdmin } from '~/platform/guards'
import { mailPreview, noMailPreview } from '~/platform/mail-preview'
import { mailParam } from '~/platform/params'
import { renderSample } from '~/platform/test-mail'

export async function loader(args: LoaderFunctionArgs) {
  const ctx = await requireAdmin(args)
  const template = mailParam(args)
  const { settings } = await args.context.scope.viewer()
  const draft = readDraft(template, await getMailText(ctx, template))
  if ('problems' in draft) return noMailPreview(draft.problems)
  return mailPreview(renderSample(ctx, settings, template, draft.text))
}

/** Changes nothing: a text is posted because it is too long for an address. */
export async function action(args: ActionFunctionArgs) {
  const ctx = await requireAdmin(args)
  const template = mailParam(args)
  const { settings } = await args.context.scope.viewer()
  const form = await parseForm(args.request, mailDraftInput)
  const draft = readDraft(template, form.ok ? form.value : null)
  if ('problems' in draft) return noMailPreview(draft.problems)
  return mailPreview(renderSample(ctx, settings, template, draft.text))
}
