// The form of a logo, the portal's or a product's: choose a picture, or take the one there is away.
import { Form } from '@remix-run/react'
import { ButtonLink, SubmitButton } from '~/ui/button'
import { TextField } from '~/ui/field'
import { FormActions, FormErrors, FormFields } from '~/ui/form-layout'
import { useServerForm } from '~/ui/use-server-form'

type LogoFormProps = {
  id: string
  lastResult: unknown
  /** Media types. */
  accept: string
  hint: string
  back: { to: string; label: string }
  /** Where the logo is removed; null while there is none. */
  removeAt: string | null
}

const removalId = 'remove-logo'

export function LogoForm({ id, lastResult, accept, hint, back, removeAt }: LogoFormProps) {
  const form = useServerForm({ id, lastResult })
  // No browser lets a page say which file is chosen.
  const { defaultValue: _, ...field } = form.field('logo')
  return (
    <>
      <Form {...form.props} encType="multipart/form-data" className="flex flex-col gap-4">
        <FormErrors errors={form.errors} />
        <FormFields>
          <TextField {...field} type="file" accept={accept} label="Picture" hint={hint} required />
        </FormFields>
        <FormActions>
          <SubmitButton>Save logo</SubmitButton>
          {removeAt && (
            <SubmitButton form={removalId} variant="secondary">
              Remove logo
            </SubmitButton>
          )}
          <ButtonLink to={back.to}>{back.label}</ButtonLink>
        </FormActions>
      </Form>
      {removeAt && <Form id={removalId} method="post" action={removeAt} className="hidden" />}
    </>
  )
}
