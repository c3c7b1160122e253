// Why somebody decides so: one paragraph that may be left out.
import { TextAreaField } from './field'
import { FormFields } from './form-layout'
import type { ServerForm } from './use-server-form'

/** `hint` says who reads it. Goes with `paragraphSchema('Reason', 500)`. */
export function ReasonField({ form, hint }: { form: ServerForm; hint: string }) {
  return (
    <FormFields>
      <TextAreaField {...form.field('reason')} label="Reason" optional hint={hint} maxLength={500} />
    </FormFields>
  )
}
