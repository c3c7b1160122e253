// The form of a confirmation, in a dialog or on a page of its own. It may ask to type a name first.
import { Form } from '@remix-run/react'
import type { ReactNode } from 'react'
import { SubmitButton } from './button'
import { TextField } from './field'
import type { Errors } from './field-frame'
import { FormActions } from './form-layout'

export type ConfirmFormProps = {
  /** Where the form is posted. */
  action: string
  confirmLabel: string
  danger?: boolean | undefined
  /** What will happen, in plain words. */
  children?: ReactNode
  /** Hidden inputs, or more to choose. */
  fields?: ReactNode
  /** The name one has to type; sent as `confirmation`. */
  typeToConfirm?: string | undefined
  errors?: Errors
  id?: string | undefined
  cancel: ReactNode
}

export function ConfirmForm(props: ConfirmFormProps) {
  const { action, confirmLabel, danger = true, children, fields, typeToConfirm, errors, id, cancel } = props
  return (
    <Form method="post" action={action} className="flex flex-col gap-4">
      {children && <div className="max-w-text text-muted">{children}</div>}
      {fields}
      {typeToConfirm && (
        <TextField
          id={id}
          name="confirmation"
          label={`Type “${typeToConfirm}” to confirm`}
          required
          pattern={typeToConfirm.replace(/[\\^$.*+?()[\]{}|/&!#%,:;<=>@`~-]/g, '\\$&')}
          title={typeToConfirm}
          autoComplete="off"
          spellCheck={false}
          errors={errors}
        />
      )}
      <FormActions align="end">
        {cancel}
        <SubmitButton variant={danger ? 'danger' : 'primary'}>{confirmLabel}</SubmitButton>
      </FormActions>
    </Form>
  )
}
