// Whose app it is, and what it is.
import { appVisibilityLabels } from '~/domain/apps/app'
import type { AppPage } from '~/domain/apps/queries-app-page.server'
import { paths } from '~/platform/paths'
import { DateTime } from '~/ui/date-time'
import { DefinitionList } from '~/ui/definition-list'
import { useRootData } from '~/ui/root-data'
import { TextLink } from '~/ui/text-link'

export function Details({ app }: { app: AppPage['app'] }) {
  const { now } = useRootData()
  return (
    <DefinitionList
      items={[
        {
          term: 'Owner',
          value: (
            <>
              <TextLink to={paths.admin.user(app.ownerId)}>{app.ownerName}</TextLink>
              <span className="text-muted"> {app.ownerEmail}</span>
            </>
          ),
        },
        {
          term: 'Organization',
          value: (
            <TextLink to={paths.admin.organization(app.organizationId)}>{app.organizationName}</TextLink>
          ),
        },
        {
          term: 'Visibility',
          value: `${appVisibilityLabels[app.visibility]}${app.teamName ? `: ${app.teamName}` : ''}`,
        },
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
  )
}
