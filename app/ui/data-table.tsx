// A list of things: sticky head, sorting by links, a link on the first cell, and rows one can tick.
// Under 1280 px it scrolls inside its own frame. On phones each row becomes a block of labelled lines, without the columns
// marked `hideOnPhone`, and the head shrinks to its sorting links.
import { Link } from '@remix-run/react'
import { ArrowDown, ArrowUp, ChevronsUpDown } from 'lucide-react'
import type { ReactNode } from 'react'
import { cx } from './class-names'
import { BulkBar, SelectAll } from './table-selection'

export type Column<Row> = {
  key: string
  header: string
  cell: (row: Row) => ReactNode
  align?: 'left' | 'right' | undefined
  /** Where a press on the head leads: the same list in the other order. */
  sortTo?: string | undefined
  sorted?: 'asc' | 'desc' | undefined
  hideOnPhone?: boolean | undefined
  /** The head is for screen readers only, as over a column of menus. */
  quietHeader?: boolean | undefined
  /** Holds the row's menu: on phones it stands in the upper corner of the block. */
  isMenu?: boolean | undefined
}

type DataTableProps<Row> = {
  caption: string
  columns: readonly Column<Row>[]
  rows: readonly Row[]
  rowKey: (row: Row) => string
  rowTo?: ((row: Row) => string) | undefined
  empty: ReactNode
  /** Name of the checkboxes; each carries the row's key. */
  selectName?: string | undefined
  /** Id of the form they belong to, when it does not surround the table. Row menus with forms need this. */
  selectForm?: string | undefined
  selectLabel?: ((row: Row) => string) | undefined
  /** Buttons in a bar that comes up while rows are ticked. */
  bulkActions?: ReactNode
  /** More columns than any screen holds: it always scrolls, on phones too, and its head does not stick. */
  wide?: boolean | undefined
}

export function DataTable<Row>(props: DataTableProps<Row>) {
  const { caption, columns, rows, rowKey, empty, selectName, bulkActions, wide } = props
  if (rows.length === 0) return <div className="rounded-card border border-line bg-surface">{empty}</div>
  return (
    <div className="group/table flex min-w-0 flex-col">
      <section
        aria-label={caption}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reachable by keyboard
        tabIndex={0}
        className={cx(
          'relative overflow-x-auto rounded-card border border-line bg-surface',
          !wide && 'xl:overflow-x-visible',
        )}
      >
        <table className={cx('w-full border-separate border-spacing-0 text-left', !wide && 'max-md:block')}>
          <caption className="sr-only">{caption}</caption>
          <thead
            className={cx(
              !wide && 'max-md:block max-md:border-b max-md:border-line max-md:bg-sunken',
              !wide && !selectName && !columns.some((column) => column.sortTo) && 'max-md:sr-only',
            )}
          >
            <tr className={cx(!wide && 'max-md:flex max-md:items-center max-md:gap-3 max-md:px-4')}>
              {selectName && (
                <th
                  scope="col"
                  className={cx(
                    headCell,
                    !wide && cx(stickyHead, phoneHead, 'max-md:flex max-md:items-center'),
                    'w-9 pr-0',
                  )}
                >
                  <SelectAll name={selectName} />
                </th>
              )}
              {columns.map((column) => (
                <HeadCell key={column.key} column={column} wide={wide === true} />
              ))}
            </tr>
          </thead>
          <tbody className={cx(!wide && 'max-md:block')}>
            {rows.map((row) => (
              <BodyRow key={rowKey(row)} row={row} table={props} />
            ))}
          </tbody>
        </table>
      </section>
      {bulkActions && <BulkBar>{bulkActions}</BulkBar>}
    </div>
  )
}

/** Where the frame does not scroll, the head stays under the bar. */
const stickyHead = 'xl:sticky xl:top-(--bar) xl:z-10'

/** On phones the head is one line of sorting links. */
const phoneHead = 'max-md:border-0 max-md:px-0 max-md:first:pl-0'

const headCell =
  'h-9 border-b border-line bg-sunken px-3 text-xs first:pl-4 last:pr-4 font-medium whitespace-nowrap text-muted first:rounded-tl-card last:rounded-tr-card'

function HeadCell<Row>({ column, wide }: { column: Column<Row>; wide: boolean }) {
  const { header, sortTo, sorted, align, hideOnPhone, quietHeader } = column
  const Icon = sorted === 'asc' ? ArrowUp : sorted === 'desc' ? ArrowDown : ChevronsUpDown
  return (
    <th
      scope="col"
      aria-sort={sorted ? (sorted === 'asc' ? 'ascending' : 'descending') : undefined}
      className={cx(
        headCell,
        !wide && cx(stickyHead, phoneHead),
        !wide && !sortTo && 'max-md:sr-only',
        align === 'right' && 'text-right',
        quietHeader && 'w-px',
        hideOnPhone && 'max-md:hidden',
      )}
    >
      {sortTo ? (
        <Link
          to={sortTo}
          className={cx('inline-flex h-6 items-center gap-1 rounded-xs hover:text-ink', sorted && 'text-ink')}
        >
          {header}
          <Icon aria-hidden className="size-3.5" />
        </Link>
      ) : (
        <span className={quietHeader ? 'sr-only' : undefined}>{header}</span>
      )}
    </th>
  )
}

const phoneLabel =
  'max-md:items-baseline max-md:gap-3 max-md:before:w-24 max-md:before:shrink-0 max-md:before:text-xs max-md:before:text-muted max-md:before:content-[attr(data-label)]'

function BodyRow<Row>({ row, table }: { row: Row; table: DataTableProps<Row> }) {
  const { columns, rowKey, rowTo, selectName, selectForm, selectLabel, wide } = table
  const line = 'border-t border-line px-3 py-2.5 first:pl-4 last:pr-4 group-first/row:border-t-0'
  const onPhone = wide ? '' : 'max-md:flex max-md:border-0 max-md:p-0 max-md:first:pl-0 max-md:last:pr-0'
  return (
    <tr
      className={cx(
        'group/row hover:bg-hover has-[>td_.check:checked]:bg-accent-soft',
        !wide && 'max-md:relative max-md:flex max-md:flex-col max-md:gap-1.5 max-md:px-4 max-md:py-3',
        !wide && 'max-md:not-first:border-t max-md:not-first:border-line',
        !wide && selectName && 'max-md:pl-12',
      )}
    >
      {selectName && (
        <td
          className={cx(
            line,
            onPhone,
            'w-9 pr-0 align-middle',
            !wide && 'max-md:absolute max-md:top-3.5 max-md:left-4',
          )}
        >
          <label className="-m-1 grid size-6 place-items-center">
            <input
              type="checkbox"
              name={selectName}
              value={rowKey(row)}
              form={selectForm}
              aria-label={selectLabel ? `Select ${selectLabel(row)}` : 'Select row'}
              className="check"
            />
          </label>
        </td>
      )}
      {columns.map((column, index) => (
        <td
          key={column.key}
          data-label={column.quietHeader ? undefined : column.header}
          className={cx(
            line,
            onPhone,
            // The first line names the row; each other one says what it is.
            !wide && index > 0 && !column.quietHeader && phoneLabel,
            'relative align-middle max-md:wrap-anywhere xl:wrap-anywhere group-last/row:first:rounded-bl-card group-last/row:last:rounded-br-card',
            column.align === 'right' && 'tabular-nums md:text-right',
            column.hideOnPhone && 'max-md:hidden',
            !wide && column.isMenu && 'max-md:absolute max-md:top-2.5 max-md:right-2',
            !wide && index === 0 && columns.some(({ isMenu }) => isMenu) && 'max-md:pr-9',
          )}
        >
          {rowTo && index === 0 ? (
            <Link
              to={rowTo(row)}
              className={cx(
                'block rounded-xs font-medium wrap-anywhere max-xl:min-w-40 xl:min-w-32 after:absolute after:inset-0 hover:underline',
                // The ring goes around the whole cell, which is what a press hits; the frame does not cut it off.
                'after:rounded-control md:outline-none md:focus-visible:after:outline-2 md:focus-visible:after:-outline-offset-4 md:focus-visible:after:outline-ring',
              )}
            >
              {column.cell(row)}
            </Link>
          ) : (
            column.cell(row)
          )}
        </td>
      ))}
    </tr>
  )
}
