// How often and how long an invite code works.
import { maxUsesLimit } from '~/domain/accounts/invite-code'
import { TextField } from '~/ui/field'
import type { FieldText } from '~/ui/field-frame'
import { FieldRow } from '~/ui/form-layout'

type Field = Pick<FieldText, 'id' | 'name' | 'errors'> & { defaultValue?: string | undefined }

type InviteCodeFieldsProps = {
  field: (name: 'maxUses' | 'expiresAt') => Field
  /** How often it was used already. */
  uses?: number | undefined
}

export function InviteCodeFields({ field, uses = 0 }: InviteCodeFieldsProps) {
  return (
    <FieldRow>
      <TextField
        {...field('maxUses')}
        label="Number of uses"
        type="number"
        inputMode="numeric"
        min={Math.max(1, uses)}
        max={maxUsesLimit}
        required
        hint={
          uses > 0 ? `Used ${uses === 1 ? 'once' : `${uses} times`} so far.` : 'Each registration is one use.'
        }
      />
      <TextField
        {...field('expiresAt')}
        label="Last day"
        type="date"
        optional
        hint="Works through this day (UTC)."
      />
    </FieldRow>
  )
}
