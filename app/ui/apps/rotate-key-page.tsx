// Asks when an old key stops beside the new one, for an app's developers and for admins.
import type { ReactNode } from 'react'
import type { CredentialState } from '~/domain/apps/credential'
import type { Crumb } from '~/ui/breadcrumbs'
import { Callout } from '~/ui/callout'
import { FormPage } from '~/ui/form-page'
import { useServerForm } from '~/ui/use-server-form'
import { OverlapCards } from './overlap-cards'

export type KeyPageProps = {
  credential: { name: string; hint: string; state: CredentialState; appName: string }
  /** The list that the app stands in. */
  list: Crumb
  appTo: string
}

type RotateKeyPageProps = KeyPageProps & {
  lastResult: unknown
  /** Who gets to see the new key. */
  children: ReactNode
}

export function RotateKeyPage({ credential, list, appTo, lastResult, children }: RotateKeyPageProps) {
  const form = useServerForm({ id: 'rotate-key', lastResult })
  const canRotate = credential.state === 'active'
  return (
    <FormPage
      title="Rotate key"
      breadcrumbs={[list, { label: credential.appName, to: appTo }]}
      description={`${credential.name}, ending in ${credential.hint}`}
      form={form}
      submit={canRotate ? 'Rotate key' : null}
      cancelTo={appTo}
      cancelLabel="Back to the app"
    >
      {canRotate ? (
        <>
          <p className="max-w-text text-muted">
            A new key is made for the same access and the same limits. {children}
          </p>
          <OverlapCards field={form.field('overlap')} legend="When does the old key stop working?" />
        </>
      ) : (
        <Callout title="This key cannot be rotated">
          It was replaced or revoked already, or it has expired.
        </Callout>
      )}
    </FormPage>
  )
}
