import {
  type ActionFunctionArgs,
  data,
  type LoaderFunctionArgs,
  type MetaFunction,
} from '@remix-run/cloudflare'
import { Form, useActionData, useLoaderData } from '@remix-run/react'
import { requireAdmin } from '~/platform/guards'
import { mailSetupOf } from '~/platform/mail-setup'
import { paths } from '~/platform/paths'
import { renderTransportTest, sendTestMail } from '~/platform/test-mail'
import { ButtonLink, SubmitButton } from '~/ui/button'
import { Card, CardBody } from '~/ui/card'
import { MailTransportFacts } from '~/ui/notifications/mail-transport-facts'
import { TestMailAnswer, type TestMailReply } from '~/ui/notifications/test-mail-answer'
import { PageHeader } from '~/ui/page-header'

export const meta: MetaFunction = () => [{ title: 'Send a test mail' }]

export async function loader(args: LoaderFunctionArgs) {
  const ctx = await requireAdmin(args)
  return { setup: mailSetupOf(args.context.scope.env), to: ctx.actor.email }
}

export async function action(args: ActionFunctionArgs) {
  const ctx = await requireAdmin(args)
  const { env, viewer } = args.context.scope
  const { settings } = await viewer()
  const mail = renderTransportTest(ctx, settings, env)
  return data({ answer: await sendTestMail(ctx, settings, env, mail) })
}

export default function SendTestMail() {
  const { setup, to } = useLoaderData<typeof loader>()
  const reply = useActionData<TestMailReply>()
  return (
    <>
      <PageHeader
        title="Send a test mail"
        breadcrumbs={[{ label: 'Emails', to: paths.admin.emails }]}
        description={`It goes to ${to}, by the way that every mail of the portal takes.`}
      />
      <Card>
        <CardBody className="flex flex-col gap-5">
          <TestMailAnswer reply={reply} />
          <MailTransportFacts setup={setup} />
          <Form method="post" className="flex flex-wrap gap-3">
            <SubmitButton>{reply ? 'Send another one' : 'Send a test mail'}</SubmitButton>
            <ButtonLink to={paths.admin.emails}>Back to emails</ButtonLink>
          </Form>
        </CardBody>
      </Card>
    </>
  )
}
