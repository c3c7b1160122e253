// Asks before an app is deleted; where keys stop that work, one types its name.
import type { ReactNode } from 'react'
import { ConfirmForm } from '~/ui/confirm-form'
import { useRootData } from '~/ui/root-data'
import { useServerForm } from '~/ui/use-server-form'
import { AppDeletionFacts } from './deletion-facts'

type DeleteAppFormProps = {
  app: {
    name: string
    keys: number
    products: readonly string[]
    pending: readonly unknown[]
    lastUsedAt: number | null
  }
  action: string
  lastResult: unknown
  cancel: ReactNode
}

export function DeleteAppForm({ app, action, lastResult, cancel }: DeleteAppFormProps) {
  const { now } = useRootData()
  const form = useServerForm({ id: 'delete-app', lastResult })
  const { id, errors } = form.field('confirmation')
  return (
    <ConfirmForm
      action={action}
      confirmLabel="Delete app"
      typeToConfirm={app.keys > 0 ? app.name : undefined}
      id={id}
      errors={[...(errors ?? []), ...(form.errors ?? [])]}
      cancel={cancel}
    >
      <AppDeletionFacts app={app} now={now} />
    </ConfirmForm>
  )
}
