import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/cloudflare'
import { Form, useActionData, useLoaderData } from '@remix-run/react'
import { findMemberToRemove } from '~/domain/apps/queries-removal.server'
import { removeMember } from '~/domain/apps/remove-member.server'
import { removeMemberInput } from '~/domain/apps/rotation'
import { parseId } from '~/domain/kernel/ids'
import { parseForm } from '~/platform/forms'
import { requireSuperAdmin } from '~/platform/guards'
import { idParam } from '~/platform/params'
import { paths } from '~/platform/paths'
import { notFound, respond } from '~/platform/responses'
import { OverlapCards } from '~/ui/apps/overlap-cards'
import { SeenKeys } from '~/ui/apps/seen-keys'
import { ButtonLink, SubmitButton } from '~/ui/button'
import { Card, CardBody } from '~/ui/card'
import { CheckboxField } from '~/ui/choice-field'
import { FormActions, FormErrors } from '~/ui/form-layout'
import { PageHeader } from '~/ui/page-header'
import { useServerForm } from '~/ui/use-server-form'

export const meta: MetaFunction = () => [{ title: 'Remove user' }]

export async function loader(args: LoaderFunctionArgs) {
  const ctx = await requireSuperAdmin(args)
  const userId = parseId('usr', args.params['userId'])
  const member = userId && (await findMemberToRemove(ctx, userId))
  if (!member) throw notFound()
  return member
}

export async function action(args: ActionFunctionArgs) {
  const ctx = await requireSuperAdmin(args)
  const userId = idParam(args, 'usr', 'userId')
  const form = await parseForm(args.request, removeMemberInput)
  if (!form.ok) return form.response
  return respond(args, await removeMember(ctx, userId, form.value), {
    form,
    redirectTo: paths.dashboard.users,
    notice: ({ name, rotated }) =>
      rotated === 0
        ? `${name} is removed`
        : `${name} is removed, and ${rotated === 1 ? 'one key is' : `${rotated} keys are`} rotated`,
  })
}

export default function RemoveMember() {
  const { name, email, apps, keys } = useLoaderData<typeof loader>()
  const form = useServerForm({ id: 'remove-user', lastResult: useActionData<{ form: unknown }>()?.form })
  const canRotate = keys.some((key) => key.canRotate)
  return (
    <>
      <PageHeader
        title={`Remove ${name}`}
        breadcrumbs={[{ label: 'Users', to: paths.dashboard.users }]}
        description={email}
      />
      <Card>
        <CardBody>
          <Form {...form.props} className="group/remove flex flex-col gap-5">
            <FormErrors errors={form.errors} />
            <p className="max-w-text text-muted">
              {name} leaves the organization at once and is signed out everywhere. The account stays, without
              the apps of this organization.{' '}
              {apps > 0 &&
                `${apps === 1 ? 'One app that belongs to them passes' : `${apps} apps that belong to them pass`} to you.`}
            </p>
            <SeenKeys name={name} keys={keys} />
            {canRotate && (
              <>
                <CheckboxField
                  {...withoutDefault(form.field('rotate'))}
                  label={`Rotate every key that ${name} could see`}
                  hint="Each gets a new key for the same access. The programs that use the old ones need the new ones."
                  defaultChecked
                />
                <div className="group-has-[input[name=rotate]:not(:checked)]/remove:hidden">
                  <OverlapCards field={form.field('overlap')} legend="When do the old keys stop working?" />
                </div>
              </>
            )}
            <FormActions>
              <SubmitButton variant="danger">Remove user</SubmitButton>
              <ButtonLink to={paths.dashboard.users}>Cancel</ButtonLink>
            </FormActions>
          </Form>
        </CardBody>
      </Card>
    </>
  )
}

function withoutDefault<T extends { defaultValue?: unknown }>({ defaultValue: _, ...field }: T) {
  return field
}
