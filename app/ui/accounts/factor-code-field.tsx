// The field for a code: of an app (six digits, which phones offer to fill in), a recovery code, or either.
import { TextField, type TextFieldProps } from '~/ui/field'

type FactorCodeFieldProps = Omit<TextFieldProps, 'label'> & { kind: 'app' | 'recovery' | 'either' }

const words = {
  app: { label: 'Code', hint: 'Six digits' },
  recovery: { label: 'Recovery code', hint: 'Four groups of six characters' },
  either: { label: 'Code', hint: 'Six digits of your app, or a recovery code' },
}

export function FactorCodeField({ kind, ...field }: FactorCodeFieldProps) {
  return (
    <TextField
      {...field}
      {...words[kind]}
      mono
      required
      spellCheck={false}
      autoCapitalize="none"
      autoComplete={kind === 'recovery' ? 'off' : 'one-time-code'}
      inputMode={kind === 'app' ? 'numeric' : 'text'}
    />
  )
}
