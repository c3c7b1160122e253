// The menu of an API reference: a filter, the groups with how many operations each has, and the operations of the one
// that is open. It stays short however long the document is; the pages of the groups have the rest.
import { Form, Link } from '@remix-run/react'
import { Search } from 'lucide-react'
import { formatNumber } from '~/domain/kernel/number'
import { buttonClass } from '~/ui/button'

type MenuGroup = { slug: string; tag: string; operationCount: number }
type MenuOperation = { slug: string; method: string; tag: string; summary: string }

type ReferenceMenuProps = {
  /** The address of the reference; groups and operations are below it. */
  base: string
  menu: { groups: readonly MenuGroup[]; groupCount: number; operations: readonly MenuOperation[] }
  /** The operation or the group that is read. */
  current: { operation?: string; group?: string | undefined }
  search?: string
}

export function ReferenceMenu({ base, menu, current, search = '' }: ReferenceMenuProps) {
  const hidden = menu.groupCount - menu.groups.length
  return (
    <div className="flex flex-col gap-3">
      <Form method="get" action={base} role="search" className="flex gap-1">
        <input
          key={search}
          type="search"
          name="q"
          defaultValue={search}
          aria-label="Search operations"
          placeholder="Search operations"
          className="control"
        />
        <button type="submit" aria-label="Search" className={buttonClass({ square: true })}>
          <Search aria-hidden className="size-4" />
        </button>
      </Form>
      <ul className="reference-menu">
        <li>
          <Link
            to={base}
            className="reference-group"
            aria-current={isFirst(current, search) ? 'page' : undefined}
          >
            Introduction
          </Link>
        </li>
        {menu.groups.map((group) => (
          <MenuItem key={group.slug} group={group} base={base} menu={menu} current={current} />
        ))}
        {hidden > 0 && (
          <li>
            <Link to={base} className="reference-group">
              All groups <span>{formatNumber(menu.groupCount)}</span>
            </Link>
          </li>
        )}
      </ul>
    </div>
  )
}

function isFirst(current: ReferenceMenuProps['current'], search: string): boolean {
  return current.operation === undefined && current.group === undefined && search === ''
}

type MenuItemProps = Pick<ReferenceMenuProps, 'base' | 'menu' | 'current'> & { group: MenuGroup }

function MenuItem({ group, base, menu, current }: MenuItemProps) {
  const operations = menu.operations.filter((operation) => operation.tag === group.tag)
  return (
    <li>
      <Link
        to={`${base}?group=${group.slug}`}
        className="reference-group"
        aria-current={group.slug === current.group ? 'page' : undefined}
      >
        {group.tag} <span>{formatNumber(group.operationCount)}</span>
      </Link>
      {operations.length > 0 && (
        <ul>
          {operations.map((operation) => (
            <li key={operation.slug}>
              <Link
                to={`${base}/${operation.slug}`}
                aria-current={operation.slug === current.operation ? 'page' : undefined}
              >
                <code data-method={operation.method}>{shortMethod(operation.method)}</code>{' '}
                {operation.summary}
              </Link>
            </li>
          ))}
          {operations.length < group.operationCount && (
            <li>
              <Link to={`${base}?group=${group.slug}`}>
                All {formatNumber(group.operationCount)} operations
              </Link>
            </li>
          )}
        </ul>
      )}
    </li>
  )
}

const shortMethods: Record<string, string> = { DELETE: 'DEL', OPTIONS: 'OPT' }

function shortMethod(method: string): string {
  return shortMethods[method] ?? method
}
