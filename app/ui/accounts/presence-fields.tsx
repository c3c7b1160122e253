// Asks who sits there: for the password, or a second factor instead of it where there is one.
import { FormFields } from '~/ui/form-layout'
import { PasswordField } from '~/ui/password-field'
import type { ServerForm } from '~/ui/use-server-form'
import { FactorCodeField } from './factor-code-field'
import { PasskeyButton } from './passkey-button'

type PresenceFieldsProps = {
  form: ServerForm
  factors: { any: boolean; passkey: boolean }
  /** Where the question for a passkey is asked for. */
  passkeyTo: string
}

export function PresenceFields({ form, factors, passkeyTo }: PresenceFieldsProps) {
  return (
    <FormFields>
      <input type="hidden" name="asked" value="yes" />
      <PasswordField
        {...form.field('currentPassword')}
        label="Current password"
        autoComplete="current-password"
      />
      {factors.any && (
        <>
          <p className="text-muted">Or, instead of the password:</p>
          <FactorCodeField {...form.field('factorCode')} kind="either" />
        </>
      )}
      {factors.passkey && (
        <div className="flex flex-col items-start">
          <PasskeyButton from={{ askTo: passkeyTo }}>Use a passkey</PasskeyButton>
        </div>
      )}
    </FormFields>
  )
}
