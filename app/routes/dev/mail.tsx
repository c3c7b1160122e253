import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/cloudflare'
import { useLoaderData } from '@remix-run/react'
import { getOutboxMail } from '~/domain/notifications/queries-outbox.server'
import { requireDevelopment, requireVisitor } from '~/platform/guards'
import { idParam } from '~/platform/params'
import { paths } from '~/platform/paths'
import { orNotFound } from '~/platform/responses'
import { Card, CardBody, CardHeader } from '~/ui/card'
import { DateTime } from '~/ui/date-time'
import { DefinitionList } from '~/ui/definition-list'
import { LinkedText } from '~/ui/notifications/linked-text'
import { PageHeader } from '~/ui/page-header'

export const meta: MetaFunction<typeof loader> = ({ data }) => [{ title: data?.mail.subject ?? 'Mail' }]

export async function loader(args: LoaderFunctionArgs) {
  requireDevelopment(args)
  const ctx = await requireVisitor(args)
  const mailId = idParam(args, 'mail', 'mailId')
  const { id, recipient, subject, text, createdAt } = await orNotFound(getOutboxMail(ctx, mailId))
  return { now: ctx.now, origin: ctx.origin, mail: { id, recipient, subject, text, createdAt } }
}

export default function MailPage() {
  const { now, origin, mail } = useLoaderData<typeof loader>()
  return (
    <>
      <PageHeader title={mail.subject} breadcrumbs={[{ label: 'Outbox', to: paths.dev.outbox }]} />
      <DefinitionList
        items={[
          { term: 'To', value: mail.recipient },
          { term: 'Sent', value: <DateTime value={mail.createdAt} now={now} /> },
        ]}
      />
      <div className="grid gap-6 lg:grid-cols-[3fr_2fr]">
        <Card>
          <CardHeader title="HTML" />
          <iframe
            title="The mail as HTML"
            src={paths.dev.mailHtml(mail.id)}
            sandbox="allow-popups allow-top-navigation-by-user-activation"
            className="h-160 w-full rounded-b-card"
          />
        </Card>
        <Card>
          <CardHeader title="Text" />
          <CardBody>
            <p className="font-mono text-sm wrap-anywhere whitespace-pre-wrap">
              <LinkedText text={mail.text} origin={origin} />
            </p>
          </CardBody>
        </Card>
      </div>
    </>
  )
}
