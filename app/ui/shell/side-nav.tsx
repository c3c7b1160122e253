// A side menu in groups. From 768 px it is a column; below, a sheet that a button in the page opens (a native popover).
import { Link } from '@remix-run/react'
import { type LucideIcon, PanelLeft, X } from 'lucide-react'
import { formatNumber } from '~/domain/kernel/number'
import { buttonClass } from '~/ui/button'
import { cx } from '~/ui/class-names'
import { closePopoverOnLink, popoverAttribute, popoverTarget } from '~/ui/popover'
import { currentItem } from './current'

export type NavItem = { to: string; label: string; icon: LucideIcon; count?: number | undefined }
export type NavGroup = { label?: string | undefined; items: readonly NavItem[] }

const sheetId = 'side-menu'

/** Opens the side menu on narrow screens. */
export function SideNavButton({ label }: { label: string }) {
  return (
    <button
      type="button"
      {...popoverTarget(sheetId)}
      className={buttonClass({ size: 'sm' }, 'w-fit md:hidden')}
    >
      <PanelLeft aria-hidden className="size-4" />
      {label}
    </button>
  )
}

type SideNavProps = {
  label: string
  groups: readonly NavGroup[]
  currentPath: string
  className?: string | undefined
}

export function SideNav({ label, groups, currentPath, className }: SideNavProps) {
  const current = currentItem(
    groups.flatMap((group) => group.items.map((item) => item.to)),
    currentPath,
  )
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: a key on a link inside is a click as well
    <nav
      id={sheetId}
      {...popoverAttribute}
      aria-label={label}
      onClick={closePopoverOnLink}
      className={cx('sheet max-md:p-3', className)}
    >
      <div className="mb-2 flex items-center justify-between pl-2.5 md:hidden">
        <span className="font-semibold">{label}</span>
        <button
          type="button"
          {...popoverTarget(sheetId, 'hide')}
          aria-label="Close menu"
          className={buttonClass({ variant: 'quiet', square: true })}
        >
          <X aria-hidden className="size-4" />
        </button>
      </div>
      <div className="flex flex-col gap-5">
        {groups.map((group, index) => (
          <div key={group.label ?? index}>
            {group.label && <h2 className="px-2.5 pb-1 text-xs font-medium text-faint">{group.label}</h2>}
            <ul className="flex flex-col gap-px">
              {group.items.map((item) => (
                <li key={item.to}>
                  <NavLinkRow item={item} current={item.to === current} />
                </li>
              ))}
            </ul>
          </div>
        ))}
      </div>
    </nav>
  )
}

function NavLinkRow({ item, current }: { item: NavItem; current: boolean }) {
  const { to, label, icon: Icon, count } = item
  return (
    <Link
      to={to}
      aria-current={current ? 'page' : undefined}
      className={cx(
        'flex h-9 items-center gap-2.5 rounded-control px-2.5 -outline-offset-2 md:h-8',
        current ? 'bg-pressed font-medium text-ink' : 'text-muted hover:bg-hover hover:text-ink',
      )}
    >
      <Icon aria-hidden className={cx('size-4 shrink-0', current && 'text-accent-ink')} />
      <span className="min-w-0 flex-1 truncate">{label}</span>
      {count ? (
        <span className="rounded-full bg-accent-soft px-1.5 text-xs font-medium text-accent-ink tabular-nums">
          {formatNumber(count)}
          <span className="sr-only"> waiting</span>
        </span>
      ) : null}
    </Link>
  )
}
