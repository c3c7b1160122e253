// Whose app it is, and what it is.
import type { AppPage } from '~/domain/apps/queries-app-page.server'
import { paths } from '~/platform/paths'
import { laterFacts, visibilityFact } from '~/ui/apps/app-details'
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
        visibilityFact(app),
        ...laterFacts(app, now),
      ]}
    />
  )
}
