// Asks when an old key stops beside the new one, for an app's developers and for admins.
import type { ReactNode } from 'react'
import {
  type CredentialState,
  type CredentialType,
  credentialLine,
  credentialWords,
} from '~/domain/apps/credential'
import type { Crumb } from '~/ui/breadcrumbs'
import { Callout } from '~/ui/callout'
import { FormPage } from '~/ui/form-page'
import { useServerForm } from '~/ui/use-server-form'
import { OverlapCards } from './overlap-cards'

export type KeyPageProps = {
  credential: { name: string; type: CredentialType; hint: string; state: CredentialState; appName: string }
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
  const word = credentialWords[credential.type].secret
  const isOver = credential.state === 'expired'
  const canRotate = credential.state === 'active' || isOver
  return (
    <FormPage
      title={`Rotate ${word}`}
      breadcrumbs={[list, { label: credential.appName, to: appTo }]}
      description={credentialLine(credential)}
      form={form}
      submit={canRotate ? `Rotate ${word}` : null}
      cancelTo={appTo}
      cancelLabel="Back to the app"
    >
      {canRotate ? (
        <>
          <p className="max-w-text text-muted">
            A new {word} is made for the same access and the same limits. {children}
          </p>
          {isOver ? (
            <p className="max-w-text text-muted">{`The old ${word} has expired, so it goes at once.`}</p>
          ) : (
            <OverlapCards field={form.field('overlap')} legend={`When does the old ${word} stop working?`} />
          )}
        </>
      ) : (
        <Callout title={`This ${word} cannot be rotated`}>It was replaced or revoked already.</Callout>
      )}
    </FormPage>
  )
}
