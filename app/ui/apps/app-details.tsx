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
          items={[visibilityFact(app), { term: 'Owner', value: app.ownerName }, ...laterFacts(app, now)]}
        />
      </CardBody>
    </Card>
  )
}

type App = AppDetailsProps['app']

export function visibilityFact({ visibility, teamName }: Pick<App, 'visibility' | 'teamName'>) {
  return {
    term: 'Visibility',
    value: `${appVisibilityLabels[visibility]}${teamName ? `: ${teamName}` : ''}`,
  }
}

/** What stands last: when it was made, and its redirect URLs, if it has any. */
export function laterFacts(
  { createdAt, redirectUrls }: Pick<App, 'createdAt' | 'redirectUrls'>,
  now: number,
) {
  const created = { term: 'Created', value: <DateTime value={createdAt} now={now} dayOnly /> }
  if (redirectUrls.length === 0) return [created]
  const urls = (
    <ul>
      {redirectUrls.map((url) => (
        <li key={url}>
          <code className="text-sm">{url}</code>
        </li>
      ))}
    </ul>
  )
  return [created, { term: 'Redirect URLs', value: urls }]
}
