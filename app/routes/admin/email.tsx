import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/cloudflare'
import { Form, useActionData, useFetcher, useLoaderData } from '@remix-run/react'
import { editMailText } from '~/domain/notifications/edit-mail-text.server'
import { editMailTextInput } from '~/domain/notifications/mail-text'
import { mailTexts } from '~/domain/notifications/mail-texts'
import { mailKinds } from '~/domain/notifications/notifications'
import { getMailText } from '~/domain/notifications/queries-mail-texts.server'
import { parseForm } from '~/platform/forms'
import { requireAdmin } from '~/platform/guards'
import { mailParam } from '~/platform/params'
import { paths } from '~/platform/paths'
import { respond } from '~/platform/responses'
import { Badge } from '~/ui/badge'
import { buttonClass, SubmitButton } from '~/ui/button'
import { Card, CardBody, CardFooter, CardHeader } from '~/ui/card'
import { TextAreaField, TextField } from '~/ui/field'
import { FormErrors, FormFields } from '~/ui/form-layout'
import { MailPreviewButton, MailPreviewFrame, useMailPreview } from '~/ui/notifications/mail-preview'
import { PlaceholderList } from '~/ui/notifications/placeholder-list'
import { TestMailAnswer, type TestMailReply } from '~/ui/notifications/test-mail-answer'
import { PageHeader } from '~/ui/page-header'
import { useServerForm } from '~/ui/use-server-form'

export const meta: MetaFunction<typeof loader> = ({ data }) => [{ title: data?.label ?? 'Email' }]

export async function loader(args: LoaderFunctionArgs) {
  const ctx = await requireAdmin(args)
  const template = mailParam(args)
  const { when, to, placeholders } = mailTexts[template]
  return {
    template,
    label: mailKinds[template].label,
    description: `${when}. To: ${to}.`,
    placeholders: Object.entries(placeholders),
    ...(await getMailText(ctx, template)),
  }
}

export async function action(args: ActionFunctionArgs) {
  const ctx = await requireAdmin(args)
  const template = mailParam(args)
  const form = await parseForm(args.request, editMailTextInput)
  if (!form.ok) return form.response
  return respond(args, await editMailText(ctx, template, form.value), {
    form,
    redirectTo: paths.admin.email(template),
    notice: ({ changed }) => (changed ? 'The mail is saved' : 'Nothing was changed'),
  })
}

export default function EmailPage() {
  const mail = useLoaderData<typeof loader>()
  return <EmailEditor key={`${mail.template} ${mail.version}`} mail={mail} />
}

const formId = 'email'

function EmailEditor({ mail }: { mail: Awaited<ReturnType<typeof loader>> }) {
  const form = useServerForm({
    id: formId,
    lastResult: useActionData<{ form: unknown }>()?.form,
    defaultValue: { subject: mail.subject, body: mail.body, version: String(mail.version) },
  })
  const preview = useMailPreview(formId, paths.admin.previewEmail(mail.template))
  return (
    <>
      <PageHeader
        title={mail.label}
        breadcrumbs={[{ label: 'Emails', to: paths.admin.emails }]}
        status={mail.version === 0 ? <Badge>Default</Badge> : <Badge tone="accent">Edited</Badge>}
        description={mail.description}
        actions={mail.version > 0 && <Reset template={mail.template} version={mail.version} />}
      />
      <div className="grid items-start gap-6 xl:grid-cols-2">
        <Form {...form.props} className="flex min-w-0 flex-col gap-6">
          <FormErrors errors={form.errors} />
          <Card>
            <CardBody>
              <FormFields wide>
                <input type="hidden" name="version" value={form.field('version').defaultValue} />
                <TextField {...form.field('subject')} label="Subject" maxLength={150} required />
                <TextAreaField
                  {...form.field('body')}
                  label="Text"
                  rows={12}
                  maxLength={5000}
                  required
                  hint="An empty line begins a paragraph, “- ” an item of a list. **Bold**, and [links](https://example.com) to https."
                />
                <PlaceholderList placeholders={mail.placeholders} />
              </FormFields>
            </CardBody>
            <CardFooter>
              <SubmitButton>Save</SubmitButton>
              <MailPreviewButton preview={preview} />
              <SendTest template={mail.template} />
            </CardFooter>
          </Card>
        </Form>
        <Card>
          <CardHeader
            title="Preview"
            description="With sample data. Greeting, facts and button belong to the mail and stay as they are."
          />
          <MailPreviewFrame preview={preview} />
        </Card>
      </div>
    </>
  )
}

/** Sends what is typed, saved or not. Without JavaScript the answer opens in a window of its own. */
function SendTest({ template }: { template: string }) {
  const fetcher = useFetcher<TestMailReply>()
  const action = paths.admin.testEmail(template)
  return (
    <>
      <button
        type="submit"
        formAction={action}
        formTarget="_blank"
        className={buttonClass({})}
        aria-busy={fetcher.state !== 'idle' || undefined}
        onClick={(event) => {
          event.preventDefault()
          const { form } = event.currentTarget
          if (form && fetcher.state === 'idle') fetcher.submit(new FormData(form), { method: 'post', action })
        }}
      >
        {fetcher.state === 'idle' ? 'Send a test to me' : 'Sending…'}
      </button>
      <div className="w-full empty:hidden">
        <TestMailAnswer reply={fetcher.data} />
      </div>
    </>
  )
}

function Reset({ template, version }: { template: string; version: number }) {
  return (
    <Form method="post" action={paths.admin.resetEmail(template)}>
      <input type="hidden" name="version" value={version} />
      <SubmitButton variant="secondary">Reset to default</SubmitButton>
    </Form>
  )
}
