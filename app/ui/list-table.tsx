// The table of a searchable list with its pages. Empty, it says whether there is nothing at all or nothing that matches.
import { SearchX } from 'lucide-react'
import type { ReactNode } from 'react'
import { type Column, DataTable } from './data-table'
import { EmptyState } from './empty-state'
import { Pagination } from './pagination'
import { TextLink } from './text-link'

type ListTableProps<Row> = {
  caption: string
  columns: readonly Column<Row>[]
  rows: readonly Row[]
  rowKey: (row: Row) => string
  rowTo: (row: Row) => string
  isFiltered: boolean
  noMatch: { title: string; hint: string; all: { label: string; to: string } }
  /** Shown when the list is empty without a filter. */
  empty: ReactNode
  pages: { previous: string | null; next: string | null }
  address: (change: Record<string, string | null>) => string
}

export function ListTable<Row>(props: ListTableProps<Row>) {
  const { isFiltered, noMatch, empty, pages, address, ...table } = props
  return (
    <>
      <DataTable
        {...table}
        empty={
          isFiltered ? (
            <EmptyState
              icon={SearchX}
              title={noMatch.title}
              action={<TextLink to={noMatch.all.to}>{noMatch.all.label}</TextLink>}
            >
              {noMatch.hint}
            </EmptyState>
          ) : (
            empty
          )
        }
      />
      <Pagination
        previousTo={pages.previous && address({ before: pages.previous })}
        nextTo={pages.next && address({ after: pages.next })}
      />
    </>
  )
}
