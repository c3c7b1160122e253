// A password with a button that shows it; without JavaScript there is no button and nothing else is missing.
import { Eye, EyeOff } from 'lucide-react'
import { useState } from 'react'
import type { TextFieldProps } from './field'
import { FieldFrame, fieldParts } from './field-frame'

export function PasswordField({ mono: _, ...props }: TextFieldProps) {
  const [shown, setShown] = useState(false)
  const { frame, control } = fieldParts(props)
  const Icon = shown ? EyeOff : Eye
  return (
    <FieldFrame {...frame}>
      <span className="relative block">
        <input
          autoComplete="current-password"
          {...control}
          type={shown ? 'text' : 'password'}
          autoCapitalize="none"
          spellCheck={false}
          className="control pr-10 noscript:pr-2.5"
        />
        <button
          type="button"
          aria-label={`Show ${frame.label.toLowerCase()}`}
          aria-pressed={shown}
          aria-controls={control.id}
          onClick={() => setShown(!shown)}
          className="absolute inset-y-1 right-1 grid w-8 place-items-center rounded-control text-muted hover:bg-hover hover:text-ink noscript:hidden"
        >
          <Icon aria-hidden className="size-4" />
        </button>
      </span>
    </FieldFrame>
  )
}
