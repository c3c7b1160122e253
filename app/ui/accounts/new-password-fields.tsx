// A new password, typed twice.
import type { FieldText } from '~/ui/field-frame'
import { PasswordField } from '~/ui/password-field'

type Field = Pick<FieldText, 'id' | 'name' | 'errors'>

type NewPasswordFieldsProps = {
  field: (name: 'password' | 'passwordAgain') => Field
  minLength: number
  label?: string | undefined
  required?: boolean | undefined
}

export function NewPasswordFields({
  field,
  minLength,
  label = 'New password',
  required = true,
}: NewPasswordFieldsProps) {
  return (
    <>
      <PasswordField
        {...field('password')}
        label={label}
        autoComplete="new-password"
        hint={`At least ${minLength} characters.`}
        required={required}
      />
      <PasswordField
        {...field('passwordAgain')}
        label={`Re-enter ${label.toLowerCase()}`}
        autoComplete="new-password"
        required={required}
      />
    </>
  )
}
