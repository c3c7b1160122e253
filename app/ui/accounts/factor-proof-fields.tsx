// What a change of second factors asks for: the password, and a second factor.
import { FormFields } from '~/ui/form-layout'
import { PasswordField } from '~/ui/password-field'
import { FactorCodeField } from './factor-code-field'

type FactorProofFieldsProps = {
  field: (name: string) => { id: string; name: string; errors?: string[] }
}

export function FactorProofFields({ field }: FactorProofFieldsProps) {
  return (
    <FormFields>
      <PasswordField
        {...field('currentPassword')}
        label="Current password"
        autoComplete="current-password"
        required
      />
      <FactorCodeField {...field('factorCode')} kind="either" />
    </FormFields>
  )
}
