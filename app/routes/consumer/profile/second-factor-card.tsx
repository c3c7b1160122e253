import { paths } from '~/platform/paths'
import { ButtonLink } from '~/ui/button'
import { Card, CardBody, CardHeader } from '~/ui/card'
import { DefinitionList } from '~/ui/definition-list'

type SecondFactorCardProps = {
  profile: { hasTwoFactor: boolean; recoveryCodes: number; passkeys: number }
}

export function SecondFactorCard({ profile: { hasTwoFactor, recoveryCodes } }: SecondFactorCardProps) {
  return (
    <Card>
      <CardHeader
        title="Two-factor authentication"
        description="Beside the password, a code of an app on your phone."
        actions={
          <ButtonLink to={paths.dashboard.twoFactor}>{hasTwoFactor ? 'Manage' : 'Turn on'}</ButtonLink>
        }
      />
      <CardBody>
        <DefinitionList
          items={[
            { term: 'Codes of an app', value: hasTwoFactor ? 'On' : 'Off' },
            ...(hasTwoFactor ? [{ term: 'Recovery codes left', value: String(recoveryCodes) }] : []),
          ]}
        />
      </CardBody>
    </Card>
  )
}
