import { paths } from '~/platform/paths'
import { ButtonLink } from '~/ui/button'
import { Callout } from '~/ui/callout'
import { Card, CardBody, CardHeader } from '~/ui/card'
import { DateTime } from '~/ui/date-time'
import { DefinitionList } from '~/ui/definition-list'

type AccountCardProps = {
  profile: {
    email: string
    waitingEmail: string | null
    createdAt: number
    passwordChangedAt: number | null
  }
  organizationName: string | null
  now: number
}

export function AccountCard({ profile, organizationName, now }: AccountCardProps) {
  return (
    <Card>
      <CardHeader
        title="Account"
        actions={
          <>
            <ButtonLink to={paths.dashboard.changeEmail}>Change address</ButtonLink>
            <ButtonLink to={paths.auth.changePassword}>Change password</ButtonLink>
          </>
        }
      />
      <CardBody className="flex flex-col gap-4">
        {profile.waitingEmail && (
          <Callout tone="blue">
            Your address becomes {profile.waitingEmail} once you open the link that we have sent there.
          </Callout>
        )}
        <DefinitionList
          items={[
            { term: 'Email address', value: profile.email },
            ...(organizationName ? [{ term: 'Organization', value: organizationName }] : []),
            { term: 'Member since', value: <DateTime value={profile.createdAt} now={now} dayOnly /> },
            {
              term: 'Password changed',
              value: <DateTime value={profile.passwordChangedAt} now={now} relative />,
            },
          ]}
        />
      </CardBody>
    </Card>
  )
}
