import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/cloudflare'
import { Form, useActionData, useLoaderData } from '@remix-run/react'
import { canReject } from '~/domain/accounts/account'
import { chosenUsersWithReasonInput, outcomeNotice } from '~/domain/accounts/many-users'
import { listChosenUsers } from '~/domain/accounts/queries-users.server'
import { rejectDevelopers } from '~/domain/accounts/reject-developers.server'
import { parseForm } from '~/platform/forms'
import { requireAdmin } from '~/platform/guards'
import { paths } from '~/platform/paths'
import { backToUsers, chosenInAddress } from '~/platform/user-choice'
import { ChosenFields, ChosenPeople, count } from '~/ui/accounts/chosen-people'
import { ButtonLink, SubmitButton } from '~/ui/button'
import { Card, CardBody } from '~/ui/card'
import { TextAreaField } from '~/ui/field'
import { FormActions, FormErrors, FormFields } from '~/ui/form-layout'
import { PageHeader } from '~/ui/page-header'
import { useServerForm } from '~/ui/use-server-form'

export const meta: MetaFunction = () => [{ title: 'Reject registrations' }]

export async function loader(args: LoaderFunctionArgs) {
  const ctx = await requireAdmin(args)
  const { ids, returnTo } = chosenInAddress(args)
  return { people: await listChosenUsers(ctx, ids), returnTo }
}

export async function action(args: ActionFunctionArgs) {
  const ctx = await requireAdmin(args)
  const form = await parseForm(args.request, chosenUsersWithReasonInput)
  if (!form.ok) return form.response
  const { id, reason, returnTo } = form.value
  const outcome = await rejectDevelopers(ctx, id, { reason })
  return backToUsers(args, returnTo, outcome, outcomeNotice(outcome, ['is rejected', 'are rejected']))
}

export default function RejectUsers() {
  const { people, returnTo } = useLoaderData<typeof loader>()
  const form = useServerForm({ id: 'reject-users', lastResult: useActionData<{ form: unknown }>()?.form })
  const fitting = people.filter(({ state }) => canReject(state)).length
  return (
    <>
      <PageHeader
        title={`Reject ${count(fitting, 'registration')}`}
        breadcrumbs={[{ label: 'Users', to: paths.admin.users }]}
        description="They will not be able to log in, and get a mail that says so."
      />
      <Card>
        <CardBody>
          <Form {...form.props} className="flex flex-col gap-4">
            <FormErrors errors={[...(form.errors ?? []), ...(form.field('id').errors ?? [])]} />
            <ChosenPeople people={people} fits={canReject} />
            <ChosenFields people={people} returnTo={returnTo} />
            <FormFields>
              <TextAreaField
                {...form.field('reason')}
                label="Reason"
                optional
                hint="Each of them reads it in the mail."
                maxLength={500}
              />
            </FormFields>
            <FormActions>
              {fitting > 0 && (
                <SubmitButton variant="danger">Reject {count(fitting, 'registration')}</SubmitButton>
              )}
              <ButtonLink to={returnTo}>Cancel</ButtonLink>
            </FormActions>
          </Form>
        </CardBody>
      </Card>
    </>
  )
}
