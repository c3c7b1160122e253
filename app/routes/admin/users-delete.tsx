import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/cloudflare'
import { useLoaderData } from '@remix-run/react'
import { deleteUsers } from '~/domain/accounts/delete-users.server'
import { deletionPreviews } from '~/domain/accounts/deletion-preview.server'
import { chosenUsersInput, usersNotice } from '~/domain/accounts/many-users'
import { parseForm } from '~/platform/forms'
import { requireAdmin } from '~/platform/guards'
import { paths } from '~/platform/paths'
import { userChoice } from '~/platform/user-choice'
import { ChosenFields, PeopleList } from '~/ui/accounts/chosen-people'
import { DeletionsFacts } from '~/ui/accounts/deletion-facts'
import { ButtonLink } from '~/ui/button'
import { Callout } from '~/ui/callout'
import { Card, CardBody } from '~/ui/card'
import { ConfirmForm } from '~/ui/confirm-form'
import { countOf } from '~/ui/count-of'
import { PageHeader } from '~/ui/page-header'

export const meta: MetaFunction = () => [{ title: 'Delete users' }]

export async function loader(args: LoaderFunctionArgs) {
  const ctx = await requireAdmin(args)
  const { ids, returnTo } = userChoice.inAddress(args)
  const previews = await deletionPreviews(ctx, ids)
  const people = previews
    .filter(({ role }) => role === 'developer')
    .map((preview) => ({ ...preview, id: preview.userId }))
  return { people, returnTo }
}

export async function action(args: ActionFunctionArgs) {
  const ctx = await requireAdmin(args)
  const form = await parseForm(args.request, chosenUsersInput)
  if (!form.ok) return userChoice.refuse(args, form)
  const outcome = await deleteUsers(ctx, form.value.id)
  return userChoice.back(
    args,
    form.value.returnTo,
    outcome,
    usersNotice(outcome, ['is deleted', 'are deleted']),
  )
}

export default function DeleteUsers() {
  const { people, returnTo } = useLoaderData<typeof loader>()
  const going = people.filter(({ blockedBy }) => blockedBy === null)
  const staying = people.filter(({ blockedBy }) => blockedBy !== null)
  const back = <ButtonLink to={returnTo}>Cancel</ButtonLink>
  return (
    <>
      <PageHeader
        title={`Delete ${countOf(going.length, 'user')}`}
        breadcrumbs={[{ label: 'Users', to: paths.admin.users }]}
      />
      <Card>
        <CardBody>
          <div className="flex flex-col gap-4">
            {staying.length > 0 && (
              <Callout tone="amber" title={`${countOf(staying.length, 'user')} cannot be deleted`}>
                <PeopleList
                  people={staying}
                  note={() => 'the last super admin of an organization with other members'}
                />
              </Callout>
            )}
            {going.length === 0 ? (
              back
            ) : (
              <ConfirmForm
                action={paths.admin.deleteUsers}
                confirmLabel={`Delete ${countOf(going.length, 'user')}`}
                cancel={back}
                fields={<ChosenFields people={going} returnTo={returnTo} />}
              >
                <div className="flex flex-col gap-3">
                  <PeopleList people={going} />
                  <p className="font-medium text-ink">What goes with them</p>
                  <DeletionsFacts previews={going} />
                </div>
              </ConfirmForm>
            )}
          </div>
        </CardBody>
      </Card>
    </>
  )
}
