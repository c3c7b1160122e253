// A password with a button that shows it; without JavaScript there is no button and nothing else is missing.
import { Eye, EyeOff } from 'lucide-react'
import { useState } from 'react'
import type { TextFieldProps } from './field'
import { FieldFrame, fieldAttributes } from './field-frame'

export function PasswordField({
  label,
  name,
  id,
  hint,
  errors,
  optional,
  className,
  mono: _,
  ...input
}: TextFieldProps) {
  const [shown, setShown] = useState(false)
  const attributes = fieldAttributes({ id, name, hint, errors })
  const Icon = shown ? EyeOff : Eye
  return (
    <FieldFrame {...{ label, hint, errors, optional, className }} id={attributes.id}>
      <span className="relative block">
        <input
          autoComplete="current-password"
          {...input}
          {...attributes}
          type={shown ? 'text' : 'password'}
          autoCapitalize="none"
          spellCheck={false}
          className="control pr-10 noscript:pr-2.5"
        />
        <button
          type="button"
          aria-label={`Show ${label.toLowerCase()}`}
          aria-pressed={shown}
          aria-controls={attributes.id}
          onClick={() => setShown(!shown)}
          className="absolute inset-y-1 right-1 grid w-8 place-items-center rounded-control text-muted hover:bg-hover hover:text-ink noscript:hidden"
        >
          <Icon aria-hidden className="size-4" />
        </button>
      </span>
    </FieldFrame>
  )
}
