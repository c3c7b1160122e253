// The pages of one app that show it from different sides.
import { Tabs } from '~/ui/tabs'

type AppTabsProps = {
  current: 'overview' | 'usage' | 'refused'
  links: { overview: string; usage: string; refused: string }
}

export function AppTabs({ current, links }: AppTabsProps) {
  return (
    <Tabs
      label="App"
      items={[
        { label: 'Overview', to: links.overview, current: current === 'overview' },
        { label: 'Usage', to: links.usage, current: current === 'usage' },
        { label: 'Refused calls', to: links.refused, current: current === 'refused' },
      ]}
    />
  )
}
