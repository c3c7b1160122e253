// The form that gives an organization or a team its name.
import { Form } from '@remix-run/react'
import { ButtonLink, SubmitButton } from '~/ui/button'
import { Card, CardBody } from '~/ui/card'
import { TextField } from '~/ui/field'
import { FormActions, FormErrors, FormFields } from '~/ui/form-layout'
import { useServerForm } from '~/ui/use-server-form'

type NameFormProps = {
  id: string
  label: string
  hint?: string | undefined
  name?: string | undefined
  submitLabel: string
  cancelTo: string
  lastResult: unknown
}

export function NameForm({ id, label, hint, name, submitLabel, cancelTo, lastResult }: NameFormProps) {
  const form = useServerForm({ id, lastResult, ...(name === undefined ? {} : { defaultValue: { name } }) })
  return (
    <Card>
      <CardBody>
        <Form {...form.props} className="flex flex-col gap-4">
          <FormErrors errors={form.errors} />
          <FormFields>
            <TextField
              {...form.field('name')}
              label={label}
              hint={hint}
              autoComplete="off"
              maxLength={80}
              required
            />
          </FormFields>
          <FormActions>
            <SubmitButton>{submitLabel}</SubmitButton>
            <ButtonLink to={cancelTo}>Cancel</ButtonLink>
          </FormActions>
        </Form>
      </CardBody>
    </Card>
  )
}
