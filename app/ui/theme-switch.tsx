// System, light or dark: a form that sets a cookie and comes back.
import { Form } from '@remix-run/react'
import { Monitor, Moon, Sun } from 'lucide-react'
import { cx } from './class-names'

export type Theme = 'system' | 'light' | 'dark'

const choices = [
  { value: 'system', label: 'System theme', icon: Monitor },
  { value: 'light', label: 'Light theme', icon: Sun },
  { value: 'dark', label: 'Dark theme', icon: Moon },
] as const

export function ThemeSwitch({ theme, returnTo }: { theme: Theme; returnTo: string }) {
  return (
    <Form
      method="post"
      action="/theme"
      preventScrollReset
      className="inline-flex rounded-control border border-line p-0.5"
    >
      <input type="hidden" name="returnTo" value={returnTo} />
      {choices.map(({ value, label, icon: Icon }) => (
        <button
          key={value}
          type="submit"
          name="theme"
          value={value}
          title={label}
          aria-label={label}
          aria-pressed={theme === value}
          className={cx(
            'grid size-6 place-items-center rounded-[0.25rem]',
            theme === value ? 'bg-pressed text-ink' : 'text-muted hover:bg-hover hover:text-ink',
          )}
        >
          <Icon aria-hidden className="size-3.5" />
        </button>
      ))}
    </Form>
  )
}
