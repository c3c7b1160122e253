// Search and filters of a list: a GET form whose state is the URL, with chips that take a filter away.
import { Form, Link } from '@remix-run/react'
import { Search, X } from 'lucide-react'
import type { ReactNode } from 'react'
import { Button } from './button'
import { cx } from './class-names'
import { type Option, SelectControl } from './field'

export type FilterChip = { label: string; removeTo: string }

type FilterBarProps = {
  search?:
    | { name?: string | undefined; value: string; label: string; placeholder?: string | undefined }
    | undefined
  /** `FilterSelect`s. */
  children?: ReactNode
  chips?: readonly FilterChip[] | undefined
  clearTo?: string | undefined
  /** Parameters that a new search keeps, such as the order. */
  keep?: Readonly<Record<string, string>> | undefined
  /** On the right: an export, a view. */
  actions?: ReactNode
}

export function FilterBar({ search, children, chips = [], clearTo, keep = {}, actions }: FilterBarProps) {
  return (
    <div className="flex flex-col gap-2">
      <div className="flex flex-col items-start justify-between gap-2 sm:flex-row">
        <Form
          method="get"
          role="search"
          className={cx(
            'w-full min-w-0 gap-2 sm:flex-1 sm:flex-wrap',
            children ? 'grid grid-cols-2 sm:flex' : 'flex',
          )}
        >
          {Object.entries(keep).map(([name, value]) => (
            <input key={name} type="hidden" name={name} value={value} />
          ))}
          {search && (
            <span className="relative col-span-2 min-w-0 max-sm:flex-1 sm:w-72">
              <Search aria-hidden className="absolute top-2.5 left-2.5 size-4 text-muted" />
              <input
                key={search.value}
                type="search"
                name={search.name ?? 'q'}
                defaultValue={search.value}
                aria-label={search.label}
                placeholder={search.placeholder ?? search.label}
                className="control pl-8.5"
              />
            </span>
          )}
          {children}
          <Button type="submit">{children ? 'Filter' : 'Search'}</Button>
        </Form>
        {actions && <div className="flex flex-wrap gap-2">{actions}</div>}
      </div>
      {chips.length > 0 && <Chips chips={chips} clearTo={clearTo} />}
    </div>
  )
}

function Chips({ chips, clearTo }: { chips: readonly FilterChip[]; clearTo: string | undefined }) {
  return (
    <ul aria-label="Active filters" className="flex flex-wrap items-center gap-2">
      {chips.map((chip) => (
        <li key={chip.removeTo}>
          <Link
            to={chip.removeTo}
            className="inline-flex h-7 items-center gap-1.5 rounded-full border border-accent-line bg-accent-soft pr-2 pl-3 text-sm text-accent-ink hover:bg-hover"
          >
            <span className="sr-only">Remove filter </span>
            {chip.label}
            <X aria-hidden className="size-3.5" />
          </Link>
        </li>
      ))}
      {clearTo && (
        <li>
          <Link
            to={clearTo}
            className="inline-flex h-7 items-center px-1.5 text-sm text-muted underline-offset-3 hover:text-ink hover:underline"
          >
            Clear all
          </Link>
        </li>
      )}
    </ul>
  )
}

type FilterSelectProps = {
  label: string
  name: string
  value: string | null
  /** What is chosen while nothing is filtered, such as "Any status". */
  any?: string
  options: readonly Option[]
  /** On a phone, where two filters stand side by side: this one has no neighbour. */
  alone?: boolean
}

/** A select without a visible label: its first option says what it filters. */
export function FilterSelect({ label, name, value, any, options, alone = false }: FilterSelectProps) {
  return (
    <span className={cx('max-w-full min-w-0 sm:min-w-36', alone && 'max-sm:col-span-2')}>
      <SelectControl
        key={value}
        name={name}
        aria-label={label}
        defaultValue={value ?? ''}
        options={any === undefined ? options : [{ value: '', label: any }, ...options]}
      />
    </span>
  )
}

type FilterTextProps = { label: string; name: string; value: string }

/** Words that narrow what a filter offers, where there is too much for a select. */
export function FilterText({ label, name, value }: FilterTextProps) {
  return (
    <span className="min-w-0 sm:w-44">
      <input
        key={value}
        type="search"
        name={name}
        defaultValue={value}
        aria-label={label}
        placeholder={label}
        maxLength={80}
        className="control"
      />
    </span>
  )
}

type FilterDateProps = { label: string; name: string; value: string | null }

/** A day. Its label is seen, because two of them stand side by side. */
export function FilterDate({ label, name, value }: FilterDateProps) {
  return (
    <label className="flex min-w-0 items-center gap-2 text-sm text-muted max-sm:col-span-2">
      <span className="max-sm:w-10">{label}</span>
      <input
        key={value}
        type="date"
        name={name}
        defaultValue={value ?? ''}
        className="control min-w-0 max-sm:flex-1"
      />
    </label>
  )
}
