import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/cloudflare'
import { useLoaderData } from '@remix-run/react'
import { getSecondFactors } from '~/domain/accounts/queries-second-factor.server'
import { requireUser } from '~/platform/guards'
import { paths } from '~/platform/paths'
import { PasskeyList } from '~/ui/accounts/passkey-list'
import { Badge } from '~/ui/badge'
import { ButtonLink } from '~/ui/button'
import { Callout } from '~/ui/callout'
import { Card, CardBody, CardHeader } from '~/ui/card'
import { DateTime } from '~/ui/date-time'
import { PageHeader } from '~/ui/page-header'
import { useRootData } from '~/ui/root-data'

export const meta: MetaFunction = () => [{ title: 'Two-factor authentication' }]

export async function loader(args: LoaderFunctionArgs) {
  const ctx = await requireUser(args, { during: 'enrolment' })
  return getSecondFactors(ctx)
}

export default function TwoFactorPage() {
  const factors = useLoaderData<typeof loader>()
  const { now } = useRootData()
  const { dashboard } = paths
  return (
    <>
      <PageHeader
        title="Two-factor authentication"
        breadcrumbs={[{ label: 'Profile', to: dashboard.profile }]}
        description="Whoever learns your password still cannot log in without the second factor."
        status={
          <Badge tone={factors.on ? 'green' : 'neutral'} dot>
            {factors.on ? 'On' : 'Off'}
          </Badge>
        }
      />
      {factors.required && !factors.on && (
        <Callout tone="amber" title="Admins of this portal need two-factor authentication">
          Turn on one of these before you go on.
        </Callout>
      )}
      <Card>
        <CardHeader
          title="Authenticator app"
          description={
            factors.appSince === null ? (
              'An app on your phone shows a new code every 30 seconds.'
            ) : (
              <>
                On since <DateTime value={factors.appSince} now={now} dayOnly />
              </>
            )
          }
          actions={
            factors.appSince === null ? (
              <ButtonLink to={dashboard.addAuthenticator} variant={factors.on ? 'secondary' : 'primary'}>
                Set up app
              </ButtonLink>
            ) : (
              <ButtonLink to={dashboard.removeAuthenticator}>Remove app</ButtonLink>
            )
          }
        />
      </Card>
      <Card>
        <CardHeader
          title="Passkeys"
          description="Log in with your finger, face or PIN. A passkey needs no password beside it."
          actions={<ButtonLink to={dashboard.newPasskey}>Add passkey</ButtonLink>}
        />
        {factors.passkeys.length > 0 && (
          <CardBody>
            <PasskeyList
              passkeys={factors.passkeys}
              now={now}
              action={({ id, name }) => (
                <ButtonLink to={dashboard.removePasskey(id)} size="sm" aria-label={`Remove ${name}`}>
                  Remove
                </ButtonLink>
              )}
            />
          </CardBody>
        )}
      </Card>
      {factors.on && (
        <Card>
          <CardHeader
            title="Recovery codes"
            description={`${factors.recoveryCodes} of your codes can still be used. They let you in when the other ways are lost.`}
            actions={<ButtonLink to={dashboard.recoveryCodes}>Make new codes</ButtonLink>}
          />
        </Card>
      )}
    </>
  )
}
