// The page's scripts, behind what it is painted with: style sheet, fonts and pictures come first over a narrow line. Pages
// are whole without scripts, so that nobody waits for them.
import { Scripts } from '@remix-run/react'
import { Children, cloneElement, isValidElement, type ReactElement, type ReactNode } from 'react'

/** The attribute by its name in HTML: React 18 knows no other. */
const patient = { fetchpriority: 'low' } as object

export function PatientScripts({ nonce }: { nonce: string }) {
  // Called, not rendered: what it answers are the links and scripts themselves.
  const scripts = Scripts({ nonce }) as ReactElement<{ children?: ReactNode }> | null
  if (!scripts) return null
  return Children.map(scripts.props.children, (child) =>
    isValidElement(child) && child.type === 'link' ? cloneElement(child, patient) : child,
  )
}
