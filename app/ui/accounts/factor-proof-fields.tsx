// What a change of second factors asks for: the password, and a code or a passkey.
import { FormFields } from '~/ui/form-layout'
import { PasswordField } from '~/ui/password-field'
import { FactorCodeField } from './factor-code-field'
import { PasskeyButton } from './passkey-button'

type FactorProofFieldsProps = {
  field: (name: string) => { id: string; name: string; errors?: string[] }
  /** Where the question for a passkey is asked for; null when there is no passkey. */
  passkeyTo: string | null
}

export function FactorProofFields({ field, passkeyTo }: FactorProofFieldsProps) {
  return (
    <FormFields>
      <PasswordField
        {...field('currentPassword')}
        label="Current password"
        autoComplete="current-password"
        required
      />
      <FactorCodeField {...field('factorCode')} kind="either" />
      {passkeyTo && (
        <div className="flex flex-col items-start">
          <PasskeyButton from={{ askTo: passkeyTo }}>Use a passkey instead of a code</PasskeyButton>
        </div>
      )}
    </FormFields>
  )
}
