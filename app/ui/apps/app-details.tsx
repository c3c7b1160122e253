// The facts of an app: who sees it, whose it is, where it sends people back.
import { type AppVisibility, appVisibilityLabels } from '~/domain/apps/app'
import { Card, CardBody, CardHeader } from '~/ui/card'
import { DateTime } from '~/ui/date-time'
import { DefinitionList } from '~/ui/definition-list'

type AppDetailsProps = {
  app: {
    visibility: AppVisibility
    teamName: string | null
    ownerName: string
    createdAt: number
    redirectUrls: readonly string[]
  }
  now: number
}

export function AppDetails({ app, now }: AppDetailsProps) {
  return (
    <Card>
      <CardHeader title="Details" />
      <CardBody>
        <DefinitionList
          items={[
            {
              term: 'Visibility',
              value: `${appVisibilityLabels[app.visibility]}${app.teamName ? `: ${app.teamName}` : ''}`,
            },
            { term: 'Owner', value: app.ownerName },
            { term: 'Created', value: <DateTime value={app.createdAt} now={now} dayOnly /> },
            ...(app.redirectUrls.length > 0
              ? [
                  {
                    term: 'Redirect URLs',
                    value: (
                      <ul>
                        {app.redirectUrls.map((url) => (
                          <li key={url}>
                            <code className="text-sm">{url}</code>
                          </li>
                        ))}
                      </ul>
                    ),
                  },
                ]
              : []),
          ]}
        />
      </CardBody>
    </Card>
  )
}
