// A menu that hangs from a button: a native popover, so it opens, closes outside and on Escape without JavaScript.
// Where the browser cannot anchor it, a few lines put it in place.
import { Form, Link } from '@remix-run/react'
import { Ellipsis, type LucideIcon } from 'lucide-react'
import { type FormEvent, type MouseEvent, type ReactNode, useId, useRef } from 'react'
import { buttonClass } from './button'
import { cx } from './class-names'
import { closePopoverOnLink, popoverAttribute, popoverTarget } from './popover'

type MenuProps = {
  /** Its accessible name, such as "Actions for Ada Lovelace". */
  label: string
  /** What the button shows; three dots when left out. */
  trigger?: ReactNode
  triggerClassName?: string | undefined
  align?: 'start' | 'end' | undefined
  children: ReactNode
}

export function Menu({ label, trigger, triggerClassName, align = 'end', children }: MenuProps) {
  const id = useId()
  const panel = useRef<HTMLDivElement>(null)

  function place(event: MouseEvent<HTMLButtonElement>) {
    if (!panel.current || CSS.supports('position-area', 'bottom')) return
    const box = event.currentTarget.getBoundingClientRect()
    const { style, dataset } = panel.current
    dataset['placed'] = ''
    style.top = `${box.bottom}px`
    if (align === 'end') style.right = `${document.documentElement.clientWidth - box.right}px`
    else style.left = `${box.left}px`
  }

  function closeOnItem(event: FormEvent<HTMLDivElement>) {
    const ofDialog = event.target instanceof Element && event.target.closest('dialog')
    if (!ofDialog) panel.current?.hidePopover()
  }

  return (
    <>
      <button
        type="button"
        {...popoverTarget(id)}
        aria-label={label}
        title={trigger ? undefined : label}
        onClick={place}
        className={triggerClassName ?? buttonClass({ variant: 'quiet', size: 'sm', square: !trigger })}
      >
        {trigger ?? <Ellipsis aria-hidden className="size-4" />}
      </button>
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: a key on a link inside is a click as well */}
      {/* biome-ignore lint/a11y/noStaticElementInteractions: it only listens to the links inside */}
      <div
        id={id}
        ref={panel}
        {...popoverAttribute}
        data-align={align}
        onClick={closePopoverOnLink}
        onSubmit={closeOnItem}
        className="dropdown max-h-[80dvh] w-max max-w-[min(20rem,calc(100vw-2rem))] min-w-44 overflow-y-auto rounded-card bg-raised p-1 text-left text-base font-normal whitespace-normal shadow-float"
      >
        {children}
      </div>
    </>
  )
}

/** The look of an item, also for a `ConfirmDialog` inside a menu (`triggerClassName`). */
export function menuItemClass(tone: 'plain' | 'danger' = 'plain'): string {
  return cx(
    'flex min-h-8 w-full items-center gap-2.5 rounded-control px-2.5 py-1 text-left text-base -outline-offset-2',
    tone === 'danger' ? 'text-red-ink hover:bg-red-soft' : 'text-ink hover:bg-hover',
  )
}

type ItemProps = { icon?: LucideIcon | undefined; children: ReactNode }

export function MenuLink({ to, icon, children }: ItemProps & { to: string }) {
  return (
    <Link to={to} className={menuItemClass()}>
      <ItemIcon icon={icon} />
      {children}
    </Link>
  )
}

type MenuFormProps = ItemProps & {
  action: string
  fields?: Readonly<Record<string, string>> | undefined
  tone?: 'plain' | 'danger' | undefined
  /** A whole page load, as for logging out. */
  reload?: boolean | undefined
}

/** An item that changes something: a form of its own, posted to one URL. */
export function MenuForm({ action, fields = {}, icon, tone, reload, children }: MenuFormProps) {
  return (
    <Form method="post" action={action} reloadDocument={reload ?? false}>
      {Object.entries(fields).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      <button type="submit" className={menuItemClass(tone)}>
        <ItemIcon icon={icon} />
        {children}
      </button>
    </Form>
  )
}

export function MenuDivider() {
  return <hr className="-mx-1 my-1 border-line" />
}

function ItemIcon({ icon: Icon }: { icon: LucideIcon | undefined }) {
  return Icon ? <Icon aria-hidden className="size-4 shrink-0 text-muted" /> : null
}
