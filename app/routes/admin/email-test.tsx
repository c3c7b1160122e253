import {
  type ActionFunctionArgs,
  data,
  type LoaderFunctionArgs,
  type MetaFunction,
} from '@remix-run/cloudflare'
import { useActionData, useLoaderData } from '@remix-run/react'
import { mailDraftInput } from '~/domain/notifications/mail-text'
import { readDraft } from '~/domain/notifications/mail-texts'
import { mailKinds } from '~/domain/notifications/notifications'
import { parseForm } from '~/platform/forms'
import { requireAdmin } from '~/platform/guards'
import { mailParam } from '~/platform/params'
import { paths } from '~/platform/paths'
import { renderSample, sendTestMail } from '~/platform/test-mail'
import { ButtonLink } from '~/ui/button'
import { Card, CardBody } from '~/ui/card'
import { TestMailAnswer, type TestMailReply } from '~/ui/notifications/test-mail-answer'
import { PageHeader } from '~/ui/page-header'

export const meta: MetaFunction = () => [{ title: 'Test mail' }]

export async function loader(args: LoaderFunctionArgs) {
  await requireAdmin(args)
  const template = mailParam(args)
  return { template, label: mailKinds[template].label }
}

/** Sends what is being typed, saved or not, with sample data, to whoever asks for it. */
export async function action(args: ActionFunctionArgs) {
  const ctx = await requireAdmin(args)
  const template = mailParam(args)
  const { env, viewer } = args.context.scope
  const form = await parseForm(args.request, mailDraftInput)
  const draft = readDraft(template, form.ok ? form.value : null)
  if ('problems' in draft) return data({ problems: draft.problems }, { status: 422 })
  const { settings } = await viewer()
  const mail = renderSample(ctx, settings, template, draft.text)
  return data({ answer: await sendTestMail(ctx, settings, env, mail) })
}

export default function EmailTest() {
  const { template, label } = useLoaderData<typeof loader>()
  const reply = useActionData<TestMailReply>()
  return (
    <>
      <PageHeader
        title="Test mail"
        breadcrumbs={[
          { label: 'Emails', to: paths.admin.emails },
          { label, to: paths.admin.email(template) },
        ]}
      />
      <Card>
        <CardBody className="flex flex-col items-start gap-5">
          {reply ? (
            <TestMailAnswer reply={reply} />
          ) : (
            <p className="text-muted">Nothing was sent. The button is beside the text of the mail.</p>
          )}
          <ButtonLink to={paths.admin.email(template)}>Back to the text</ButtonLink>
        </CardBody>
      </Card>
    </>
  )
}
