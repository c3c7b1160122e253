// Asks before an app is deleted, for its developers and for admins; where keys stop that work, one types its name.
import type { Crumb } from '~/ui/breadcrumbs'
import { ButtonLink } from '~/ui/button'
import { Card, CardBody } from '~/ui/card'
import { ConfirmForm } from '~/ui/confirm-form'
import { PageHeader } from '~/ui/page-header'
import { useRootData } from '~/ui/root-data'
import { useServerForm } from '~/ui/use-server-form'
import { AppDeletionFacts } from './deletion-facts'

type DeleteAppPageProps = {
  app: {
    name: string
    keys: number
    products: readonly string[]
    pending: readonly unknown[]
    lastUsedAt: number | null
  }
  /** The list that the app stands in. */
  list: Crumb
  appTo: string
  /** Where the form is posted. */
  deleteTo: string
  lastResult: unknown
}

export function DeleteAppPage({ app, list, appTo, deleteTo, lastResult }: DeleteAppPageProps) {
  const { now } = useRootData()
  const form = useServerForm({ id: 'delete-app', lastResult })
  const { id, errors } = form.field('confirmation')
  return (
    <>
      <PageHeader title={`Delete ${app.name}`} breadcrumbs={[list, { label: app.name, to: appTo }]} />
      <Card>
        <CardBody>
          <ConfirmForm
            action={deleteTo}
            confirmLabel="Delete app"
            typeToConfirm={app.keys > 0 ? app.name : undefined}
            id={id}
            errors={[...(errors ?? []), ...(form.errors ?? [])]}
            cancel={<ButtonLink to={appTo}>Cancel</ButtonLink>}
          >
            <AppDeletionFacts app={app} now={now} />
          </ConfirmForm>
        </CardBody>
      </Card>
    </>
  )
}
