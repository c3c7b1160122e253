// A link inside text or a table cell.
import { Link } from '@remix-run/react'
import type { ComponentPropsWithoutRef } from 'react'
import { cx } from './class-names'

type TextLinkProps = ComponentPropsWithoutRef<typeof Link> & { plain?: boolean | undefined }

/** `plain` underlines on hover only: for lists of links, never within a sentence. */
export function TextLink({ plain, className, ...props }: TextLinkProps) {
  return (
    <Link
      {...props}
      className={cx(
        'rounded-xs text-accent-ink underline-offset-3',
        plain ? 'hover:underline' : 'underline decoration-1 hover:decoration-2',
        className,
      )}
    />
  )
}
