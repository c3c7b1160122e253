// Asks before a key is revoked, for an app's developers and for admins.
import { credentialLine, revokedWord } from '~/domain/apps/credential'
import { ButtonLink } from '~/ui/button'
import { Callout } from '~/ui/callout'
import { Card, CardBody } from '~/ui/card'
import { ConfirmForm } from '~/ui/confirm-form'
import { PageHeader } from '~/ui/page-header'
import { useRootData } from '~/ui/root-data'
import { RevokeWarning } from './revoke-warning'
import type { KeyPageProps } from './rotate-key-page'

type RevokeKeyPageProps = KeyPageProps & {
  credential: { products: readonly string[]; lastUsedAt: number | null }
  /** Where the form is posted. */
  revokeTo: string
}

export function RevokeKeyPage({ credential, list, appTo, revokeTo }: RevokeKeyPageProps) {
  const { now } = useRootData()
  const word = revokedWord(credential)
  const back = <ButtonLink to={appTo}>Back to the app</ButtonLink>
  return (
    <>
      <PageHeader
        title={`Revoke ${word}`}
        breadcrumbs={[list, { label: credential.appName, to: appTo }]}
        description={credentialLine(credential)}
      />
      <Card>
        <CardBody>
          {credential.state === 'revoked' ? (
            <Callout title={`This ${word} has already been revoked`} action={back} />
          ) : (
            <ConfirmForm action={revokeTo} confirmLabel={`Revoke ${word}`} cancel={back}>
              <RevokeWarning
                credential={credential}
                products={credential.products}
                lastUsedAt={credential.lastUsedAt}
                now={now}
              />
            </ConfirmForm>
          )}
        </CardBody>
      </Card>
    </>
  )
}
