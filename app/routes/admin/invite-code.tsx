import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/cloudflare'
import { Form, useActionData, useLoaderData } from '@remix-run/react'
import { editInviteCode } from '~/domain/accounts/edit-invite-code.server'
import { editInviteCodeInput, lastDay } from '~/domain/accounts/invite-code'
import { getInviteCode } from '~/domain/accounts/queries-invite-codes.server'
import { parseForm } from '~/platform/forms'
import { requireAdmin } from '~/platform/guards'
import { idParam } from '~/platform/params'
import { paths } from '~/platform/paths'
import { orNotFound, respond } from '~/platform/responses'
import { InviteCodeBadge } from '~/ui/accounts/invite-code-badge'
import { InviteCodeFields } from '~/ui/accounts/invite-code-fields'
import { ButtonLink, SubmitButton } from '~/ui/button'
import { Callout } from '~/ui/callout'
import { Card, CardBody, CardHeader } from '~/ui/card'
import { CopyButton } from '~/ui/copy-button'
import { DateTime } from '~/ui/date-time'
import { DefinitionList } from '~/ui/definition-list'
import { FormActions, FormErrors, FormFields } from '~/ui/form-layout'
import { PageHeader } from '~/ui/page-header'
import { useRootData } from '~/ui/root-data'
import { TextLink } from '~/ui/text-link'
import { useServerForm } from '~/ui/use-server-form'

export const meta: MetaFunction<typeof loader> = ({ data }) => [{ title: data?.code.code ?? 'Invite code' }]

export async function loader(args: LoaderFunctionArgs) {
  const ctx = await requireAdmin(args)
  const codeId = idParam(args, 'code', 'codeId')
  const code = await orNotFound(getInviteCode(ctx, codeId))
  return { code, link: `${ctx.origin}${paths.auth.registerWith(code.code)}` }
}

export async function action(args: ActionFunctionArgs) {
  const ctx = await requireAdmin(args)
  const codeId = idParam(args, 'code', 'codeId')
  const form = await parseForm(args.request, editInviteCodeInput)
  if (!form.ok) return form.response
  return respond(args, await editInviteCode(ctx, codeId, form.value), {
    form,
    redirectTo: paths.admin.inviteCode(codeId),
    notice: ({ code }) => `The code ${code} is saved`,
  })
}

export default function InviteCodePage() {
  const { code } = useLoaderData<typeof loader>()
  const { admin } = paths
  return (
    <>
      <PageHeader
        title={code.code}
        breadcrumbs={[{ label: 'Invite codes', to: admin.inviteCodes }]}
        status={<InviteCodeBadge state={code.state} />}
        actions={
          <>
            <Form
              method="post"
              action={code.active ? admin.deactivateInviteCode(code.id) : admin.activateInviteCode(code.id)}
            >
              <SubmitButton variant="secondary">{code.active ? 'Deactivate' : 'Activate'}</SubmitButton>
            </Form>
            <ButtonLink to={admin.deleteInviteCode(code.id)}>Delete</ButtonLink>
          </>
        }
      />
      {code.organizationState !== 'active' && (
        <Callout tone="amber" title="This code lets nobody in">
          Its organization is not active.
        </Callout>
      )}
      <Card>
        <CardHeader title="Details" />
        <CardBody>
          <Facts />
        </CardBody>
      </Card>
      <Card>
        <CardHeader title="Uses and end" />
        <CardBody>
          <EditForm />
        </CardBody>
      </Card>
    </>
  )
}

function Facts() {
  const { code, link } = useLoaderData<typeof loader>()
  const { now } = useRootData()
  return (
    <DefinitionList
      items={[
        {
          term: 'Link',
          value: (
            <span className="flex flex-wrap items-center gap-2">
              <span className="font-mono text-sm wrap-anywhere">{link}</span>
              <CopyButton value={link} label="Copy link" text />
            </span>
          ),
        },
        { term: 'Team', value: code.teamName },
        {
          term: 'Organization',
          value: (
            <TextLink to={paths.admin.organization(code.organizationId)}>{code.organizationName}</TextLink>
          ),
        },
        { term: 'Used', value: `${code.uses} of ${code.maxUses}` },
        {
          term: 'Created',
          value: (
            <>
              <DateTime value={code.createdAt} now={now} />
              {code.createdBy && ` by ${code.createdBy}`}
            </>
          ),
        },
      ]}
    />
  )
}

function EditForm() {
  const { code } = useLoaderData<typeof loader>()
  const form = useServerForm({
    id: 'edit-code',
    lastResult: useActionData<{ form: unknown }>()?.form,
    defaultValue: { maxUses: String(code.maxUses), expiresAt: lastDay(code.expiresAt) },
  })
  return (
    <Form {...form.props} className="flex flex-col gap-4">
      <FormErrors errors={form.errors} />
      <FormFields>
        <InviteCodeFields field={form.field} uses={code.uses} />
      </FormFields>
      <FormActions>
        <SubmitButton>Save</SubmitButton>
      </FormActions>
    </Form>
  )
}
