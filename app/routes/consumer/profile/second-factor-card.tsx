import { paths } from '~/platform/paths'
import { ButtonLink } from '~/ui/button'
import { Card, CardBody, CardHeader } from '~/ui/card'
import { DefinitionList } from '~/ui/definition-list'

type SecondFactorCardProps = {
  profile: { hasTwoFactor: boolean; recoveryCodes: number; passkeys: number }
}

export function SecondFactorCard({ profile }: SecondFactorCardProps) {
  const { hasTwoFactor, recoveryCodes, passkeys } = profile
  const on = hasTwoFactor || passkeys > 0
  return (
    <Card>
      <CardHeader
        title="Two-factor authentication"
        description="Beside the password, something that only you have."
        actions={<ButtonLink to={paths.dashboard.twoFactor}>{on ? 'Manage' : 'Turn on'}</ButtonLink>}
      />
      <CardBody>
        <DefinitionList
          items={[
            { term: 'Authenticator app', value: hasTwoFactor ? 'On' : 'Off' },
            { term: 'Passkeys', value: passkeys > 0 ? String(passkeys) : 'None' },
            ...(on ? [{ term: 'Recovery codes left', value: String(recoveryCodes) }] : []),
          ]}
        />
      </CardBody>
    </Card>
  )
}
