// The page of an app's usage, for its developers and for admins.
import type { ComponentProps } from 'react'
import { AppTabs } from '~/ui/apps/app-tabs'
import { ExportLink } from '~/ui/export-link'
import { PageHeader } from '~/ui/page-header'
import { AppUsage } from './app-usage'

type AppUsagePageProps = {
  appName: string
  shown: Omit<ComponentProps<typeof AppUsage>, 'ranges'>
  ranges: ComponentProps<typeof AppUsage>['ranges']
  /** The list that the app is in. */
  list: { label: string; to: string }
  tabs: ComponentProps<typeof AppTabs>['links']
  exportTo: string
}

export function AppUsagePage({ appName, shown, ranges, list, tabs, exportTo }: AppUsagePageProps) {
  return (
    <>
      <PageHeader
        title={appName}
        breadcrumbs={[list]}
        actions={<ExportLink to={`${exportTo}?range=${shown.range.value}`} />}
      />
      <AppTabs current="usage" links={tabs} />
      <AppUsage {...shown} ranges={ranges} />
    </>
  )
}
