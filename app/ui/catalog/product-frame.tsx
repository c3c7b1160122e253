// The head of every page of a product: where one is, its name and tags, and its tabs.
import type { ReactNode } from 'react'
import { Avatar } from '~/ui/avatar'
import { Badge } from '~/ui/badge'
import { PageHeader } from '~/ui/page-header'
import { Tabs } from '~/ui/tabs'

export type ProductTab = { to: string; label: string; current: boolean }

type ProductFrameProps = {
  name: string
  summary: string
  draft: boolean
  tags: string[]
  logoUrl: string | null
  catalogsTo: string
  tabs: ProductTab[]
  actions?: ReactNode
  children: ReactNode
}

export function ProductFrame(props: ProductFrameProps) {
  const { name, summary, draft, tags, logoUrl, catalogsTo, tabs, actions, children } = props
  return (
    <div className="flex flex-col gap-6">
      <div className="flex flex-col gap-4 sm:flex-row sm:items-start">
        <Avatar square size="lg" name={name} src={logoUrl} />
        <div className="min-w-0 flex-1">
          <PageHeader
            title={name}
            breadcrumbs={[{ label: 'Catalogs', to: catalogsTo }]}
            description={summary}
            status={
              <>
                {draft && <Badge tone="amber">Draft</Badge>}
                {tags.map((tag) => (
                  <Badge key={tag}>{tag}</Badge>
                ))}
              </>
            }
            actions={actions}
          />
        </div>
      </div>
      <Tabs label={`${name} pages`} items={tabs} />
      {children}
    </div>
  )
}
