// Asks before an app is frozen, and for a reason.
import { Form } from '@remix-run/react'
import type { ReactNode } from 'react'
import { SubmitButton } from '~/ui/button'
import { TextAreaField } from '~/ui/field'
import { FormActions, FormErrors, FormFields } from '~/ui/form-layout'
import { useServerForm } from '~/ui/use-server-form'

type FreezeFormProps = { lastResult: unknown; children?: ReactNode; cancel: ReactNode }

export function FreezeForm({ lastResult, children, cancel }: FreezeFormProps) {
  const form = useServerForm({ id: 'freeze-app', lastResult })
  return (
    <Form {...form.props} className="flex flex-col gap-4">
      <FormErrors errors={form.errors} />
      <p className="max-w-text text-muted">
        Within 10 seconds the gateway refuses every key of this app. Nothing is lost: once it is unfrozen, the
        same keys work again, with the same limits. {children}
      </p>
      <FormFields>
        <TextAreaField
          {...form.field('reason')}
          label="Reason"
          optional
          rows={2}
          maxLength={500}
          hint="Everyone who sees the app reads it in its activity."
        />
      </FormFields>
      <FormActions>
        <SubmitButton variant="danger">Freeze app</SubmitButton>
        {cancel}
      </FormActions>
    </Form>
  )
}
