// The teams of the organization. A super admin opens each to change it.

import { formatNumber } from '~/domain/kernel/number'
import { paths } from '~/platform/paths'
import { Badge } from '~/ui/badge'
import { ButtonLink } from '~/ui/button'
import { Card, CardBody, CardHeader } from '~/ui/card'
import { TextLink } from '~/ui/text-link'

type TeamsCardProps = {
  teams: readonly {
    id: string
    name: string
    isDefault: boolean
    memberCount: number
    isMember: boolean
  }[]
  canManage: boolean
}

export function TeamsCard({ teams, canManage }: TeamsCardProps) {
  return (
    <Card>
      <CardHeader
        title="Teams"
        description="An app can be shared with one team only. Everybody is in the first one."
        actions={
          canManage && (
            <ButtonLink to={paths.dashboard.newTeam} size="sm">
              Create team
            </ButtonLink>
          )
        }
      />
      <CardBody flush>
        <ul className="divide-y divide-line">
          {teams.map((team) => (
            <li key={team.id} className="flex flex-wrap items-center gap-x-3 gap-y-1 px-4 py-3 sm:px-6">
              <span className="min-w-0 flex-1 basis-48 wrap-anywhere">
                {canManage ? (
                  <TextLink to={paths.dashboard.team(team.id)} plain className="font-medium">
                    {team.name}
                  </TextLink>
                ) : (
                  <span className="font-medium">{team.name}</span>
                )}
              </span>
              {team.isDefault && <Badge>Everybody</Badge>}
              {team.isMember && !team.isDefault && <Badge tone="accent">You are in it</Badge>}
              <span className="text-sm text-muted tabular-nums">
                {formatNumber(team.memberCount)} {team.memberCount === 1 ? 'member' : 'members'}
              </span>
            </li>
          ))}
        </ul>
      </CardBody>
    </Card>
  )
}
