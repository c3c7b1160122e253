// Asks before an app is frozen, and for a reason; for its developers and for admins.
import type { ReactNode } from 'react'
import type { Crumb } from '~/ui/breadcrumbs'
import { FormPage } from '~/ui/form-page'
import { ReasonField } from '~/ui/reason-field'
import { useServerForm } from '~/ui/use-server-form'

type FreezeAppPageProps = {
  app: { name: string }
  /** The list that the app stands in. */
  list: Crumb
  appTo: string
  lastResult: unknown
  /** Who can unfreeze it. */
  children: ReactNode
}

export function FreezeAppPage({ app, list, appTo, lastResult, children }: FreezeAppPageProps) {
  const form = useServerForm({ id: 'freeze-app', lastResult })
  return (
    <FormPage
      title={`Freeze ${app.name}`}
      breadcrumbs={[list, { label: app.name, to: appTo }]}
      form={form}
      submit="Freeze app"
      danger
      cancelTo={appTo}
    >
      <p className="max-w-text text-muted">
        Within 10 seconds the gateway refuses every key of this app. Nothing is lost: once it is unfrozen, the
        same keys work again, with the same limits. {children}
      </p>
      <ReasonField form={form} hint="Everyone who sees the app reads it in its activity." />
    </FormPage>
  )
}
