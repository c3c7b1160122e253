import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/cloudflare'
import { useLoaderData } from '@remix-run/react'
import { mailGroups, mailTexts } from '~/domain/notifications/mail-texts'
import { mailKinds } from '~/domain/notifications/notifications'
import { listChangedMails } from '~/domain/notifications/queries-mail-texts.server'
import { requireAdmin } from '~/platform/guards'
import { mailSetupOf } from '~/platform/mail-setup'
import { paths } from '~/platform/paths'
import { Badge } from '~/ui/badge'
import { ButtonLink } from '~/ui/button'
import { Card, CardBody, CardHeader } from '~/ui/card'
import { type Column, DataTable } from '~/ui/data-table'
import { DateTime } from '~/ui/date-time'
import { MailTransportFacts } from '~/ui/notifications/mail-transport-facts'
import { PageHeader } from '~/ui/page-header'

export const meta: MetaFunction = () => [{ title: 'Emails' }]

export async function loader(args: LoaderFunctionArgs) {
  const ctx = await requireAdmin(args)
  const changed = await listChangedMails(ctx)
  return {
    now: ctx.now,
    setup: mailSetupOf(args.context.scope.env),
    groups: mailGroups.map(({ title, templates }) => ({
      title,
      mails: templates.map((template) => ({
        template,
        label: mailKinds[template].label,
        when: mailTexts[template].when,
        to: mailTexts[template].to,
        changedAt: changed.get(template) ?? null,
      })),
    })),
  }
}

type Mail = {
  template: string
  label: string
  when: string
  to: string
  changedAt: number | null
}

export default function EmailsPage() {
  const { now, setup, groups } = useLoaderData<typeof loader>()
  return (
    <>
      <PageHeader title="Emails" description="What the portal writes to people, in your words if you like." />
      <Card>
        <CardHeader
          title="How mails leave the portal"
          description="Set in the configuration of the Worker."
          actions={
            <ButtonLink to={paths.admin.testTransport} variant="primary" size="sm">
              Send a test mail
            </ButtonLink>
          }
        />
        <CardBody>
          <MailTransportFacts setup={setup} />
        </CardBody>
      </Card>
      {groups.map(({ title, mails }) => (
        <section key={title} aria-label={title} className="flex flex-col gap-3">
          <h2 className="font-semibold">{title}</h2>
          <DataTable
            caption={`Mails: ${title}`}
            columns={columns(now)}
            rows={mails}
            rowKey={(mail) => mail.template}
            rowTo={(mail) => paths.admin.email(mail.template)}
            empty={null}
          />
        </section>
      ))}
    </>
  )
}

/** Each of the tables has the same widths, so that their columns stand in one line. */
function columns(now: number): Column<Mail>[] {
  return [
    {
      key: 'label',
      header: 'Mail',
      cell: (mail) => <span className="block xl:w-60">{mail.label}</span>,
    },
    {
      key: 'when',
      header: 'Goes out when',
      cell: (mail) => <span className="block text-muted xl:w-96">{mail.when}</span>,
    },
    { key: 'to', header: 'To', cell: (mail) => <span className="block xl:w-48">{mail.to}</span> },
    {
      key: 'state',
      header: 'Text',
      cell: (mail) =>
        mail.changedAt === null ? (
          <span className="block xl:w-20">
            <Badge>Default</Badge>
          </span>
        ) : (
          <span className="flex flex-wrap items-center gap-2 xl:w-20">
            <Badge tone="accent">Edited</Badge>
            <span className="text-sm text-muted">
              <DateTime value={mail.changedAt} now={now} relative />
            </span>
          </span>
        ),
    },
  ]
}
