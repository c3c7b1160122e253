// Asks before a key is revoked, for an app's developers and for admins.
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
  const back = <ButtonLink to={appTo}>Back to the app</ButtonLink>
  return (
    <>
      <PageHeader
        title="Revoke key"
        breadcrumbs={[list, { label: credential.appName, to: appTo }]}
        description={`${credential.name}, ending in ${credential.hint}`}
      />
      <Card>
        <CardBody>
          {credential.state === 'revoked' ? (
            <Callout title="This key has already been revoked" action={back} />
          ) : (
            <ConfirmForm action={revokeTo} confirmLabel="Revoke key" cancel={back}>
              <RevokeWarning products={credential.products} lastUsedAt={credential.lastUsedAt} now={now} />
            </ConfirmForm>
          )}
        </CardBody>
      </Card>
    </>
  )
}
