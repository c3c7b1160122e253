// The frame of every page of an API reference: little head, so that much of the reference is seen at once.
import type { ReactNode } from 'react'
import { Breadcrumbs, type Crumb } from '~/ui/breadcrumbs'
import { ReferenceShell } from '~/ui/shell/reference-shell'
import { type Tab, Tabs } from '~/ui/tabs'
import { MarkdownLink } from './markdown-link'

type ReferenceFrameProps = {
  breadcrumbs: readonly Crumb[]
  productName: string
  tabs: readonly Tab[]
  menu: ReactNode
  /** This page as Markdown. */
  markdownTo: string
  children: ReactNode
}

export function ReferenceFrame(props: ReferenceFrameProps) {
  const { breadcrumbs, productName, tabs, menu, markdownTo, children } = props
  return (
    <div className="-mt-2 flex flex-col gap-5">
      <Breadcrumbs items={breadcrumbs} />
      <Tabs label={`${productName} pages`} items={tabs} actions={<MarkdownLink compact to={markdownTo} />} />
      <ReferenceShell navLabel="Operations" nav={menu}>
        {children}
      </ReferenceShell>
    </div>
  )
}
