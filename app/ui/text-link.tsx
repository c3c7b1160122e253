// A link inside text or a table cell.
import { Link } from '@remix-run/react'
import type { ComponentPropsWithoutRef } from 'react'
import { cx } from './class-names'

type TextLinkProps = ComponentPropsWithoutRef<typeof Link> & {
  plain?: boolean | undefined
  /** In the color of the text around it, where each row of a table has several. */
  quiet?: boolean | undefined
}

/** `plain` underlines on hover only: for lists of links, never within a sentence. */
export function TextLink({ plain, quiet, className, ...props }: TextLinkProps) {
  return (
    <Link
      {...props}
      className={cx(
        'rounded-xs underline-offset-3',
        !quiet && 'text-accent-ink',
        plain || quiet ? 'hover:underline' : 'underline decoration-1 hover:decoration-2',
        className,
      )}
    />
  )
}
