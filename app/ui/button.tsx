// Buttons and links that look like buttons. A button says what it does; one primary to a page.
import { Link, useNavigation } from '@remix-run/react'
import type { LucideIcon } from 'lucide-react'
import { LoaderCircle } from 'lucide-react'
import { type ComponentPropsWithoutRef, type MouseEvent, useState } from 'react'
import { cx } from './class-names'

export type ButtonVariant = 'primary' | 'secondary' | 'quiet' | 'danger'
export type ButtonSize = 'sm' | 'md'

const variants: Record<ButtonVariant, string> = {
  primary: 'bg-accent text-on-accent hover:bg-accent-hover',
  secondary: 'border border-line-strong bg-surface text-ink hover:bg-hover active:bg-pressed',
  quiet: 'text-muted hover:bg-hover hover:text-ink active:bg-pressed',
  danger: 'bg-red text-on-red hover:bg-red-hover',
}

const sizes: Record<ButtonSize, string> = {
  sm: 'h-7 gap-1.5 text-sm',
  md: 'h-9 gap-2 text-base',
}

const paddings: Record<ButtonSize, string> = { sm: 'px-2.5', md: 'px-3.5' }
const squares: Record<ButtonSize, string> = { sm: 'w-7', md: 'w-9' }

const shape =
  'relative inline-flex shrink-0 items-center justify-center rounded-control font-medium whitespace-nowrap select-none *:[svg]:shrink-0'
const off = 'disabled:pointer-events-none disabled:opacity-50 aria-disabled:cursor-default'

type Look = {
  variant?: ButtonVariant | undefined
  size?: ButtonSize | undefined
  icon?: LucideIcon | undefined
}

type Shape = Omit<Look, 'icon'> & { /** As wide as high: for an icon alone. */ square?: boolean | undefined }

export function buttonClass({ variant = 'secondary', size = 'md', square }: Shape, className?: string) {
  return cx(shape, off, variants[variant], sizes[size], (square ? squares : paddings)[size], className)
}

export type ButtonProps = ComponentPropsWithoutRef<'button'> & Look & { pending?: boolean | undefined }

export function Button({ variant, size, icon: Icon, pending, className, children, ...props }: ButtonProps) {
  function onClick(event: MouseEvent<HTMLButtonElement>) {
    if (pending) event.preventDefault()
    else props.onClick?.(event)
  }
  return (
    <button
      type="button"
      {...props}
      onClick={onClick}
      aria-disabled={pending || props['aria-disabled']}
      aria-busy={pending || undefined}
      className={buttonClass({ variant, size }, className)}
    >
      {pending && <LoaderCircle aria-hidden className="absolute size-4 animate-spin" />}
      {Icon && <Icon aria-hidden className={cx('size-4', pending && 'invisible')} />}
      {pending ? <span className="opacity-0">{children}</span> : children}
    </button>
  )
}

/** The button that sends its form: it waits, at the same width, from its own press until the answer. */
export function SubmitButton({ variant = 'primary', onClick, ...props }: ButtonProps) {
  const [pressed, setPressed] = useState(false)
  const { state } = useNavigation()
  const busy = state !== 'idle'
  return (
    <Button
      {...props}
      type="submit"
      variant={variant}
      pending={props.pending || (pressed && busy)}
      onClick={(event) => {
        setPressed(true)
        onClick?.(event)
      }}
    />
  )
}

type ButtonLinkProps = ComponentPropsWithoutRef<typeof Link> & Look

export function ButtonLink({ variant, size, icon: Icon, className, children, ...props }: ButtonLinkProps) {
  return (
    <Link {...props} className={buttonClass({ variant, size }, className)}>
      {Icon && <Icon aria-hidden className="size-4" />}
      {children}
    </Link>
  )
}

type IconButtonProps = Omit<ButtonProps, 'children' | 'icon' | 'pending'> & {
  icon: LucideIcon
  label: string
}

export function IconButton({
  icon: Icon,
  label,
  variant = 'quiet',
  size = 'md',
  className,
  ...props
}: IconButtonProps) {
  return (
    <button
      type="button"
      title={label}
      {...props}
      aria-label={label}
      className={buttonClass({ variant, size, square: true }, className)}
    >
      <Icon aria-hidden className="size-4" />
    </button>
  )
}
