// The page of an app's refused calls, for its developers and for admins.
import type { ComponentProps } from 'react'
import { AppTabs } from '~/ui/apps/app-tabs'
import { PageHeader } from '~/ui/page-header'
import { RefusedCalls } from './refused-calls'

type AppRefusedPageProps = Omit<ComponentProps<typeof RefusedCalls>, 'path' | 'appTo'> & {
  appName: string
  /** The list that the app is in. */
  list: { label: string; to: string }
  tabs: ComponentProps<typeof AppTabs>['links']
}

export function AppRefusedPage({ appName, list, tabs, ...calls }: AppRefusedPageProps) {
  return (
    <>
      <PageHeader
        title={appName}
        breadcrumbs={[list]}
        description="Calls that the gateway refused in the last 7 days. Each answer carried the request id by which it is found here."
      />
      <AppTabs current="refused" links={tabs} />
      <RefusedCalls {...calls} path={tabs.refused} />
    </>
  )
}
