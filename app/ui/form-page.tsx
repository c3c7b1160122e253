// A page that is one form: its header, what will happen, the fields, and its button beside the way back.
import { Form } from '@remix-run/react'
import type { ComponentProps, ReactNode } from 'react'
import { ButtonLink, SubmitButton } from './button'
import { Card, CardBody } from './card'
import { FormActions, FormErrors } from './form-layout'
import { PageHeader } from './page-header'
import type { ServerForm } from './use-server-form'

type FormPageProps = Pick<ComponentProps<typeof PageHeader>, 'title' | 'breadcrumbs' | 'description'> & {
  form: ServerForm
  /** What the button says; null when there is nothing to do but to go back. */
  submit: string | null
  danger?: boolean
  cancelTo: string
  cancelLabel?: string
  children: ReactNode
}

export function FormPage(props: FormPageProps) {
  const { form, submit, danger = false, cancelTo, cancelLabel = 'Cancel', children, ...header } = props
  return (
    <>
      <PageHeader {...header} />
      <Card>
        <CardBody>
          <Form {...form.props} className="flex flex-col gap-4">
            <FormErrors errors={form.errors} />
            {children}
            <FormActions>
              {submit !== null && (
                <SubmitButton variant={danger ? 'danger' : 'primary'}>{submit}</SubmitButton>
              )}
              <ButtonLink to={cancelTo}>{cancelLabel}</ButtonLink>
            </FormActions>
          </Form>
        </CardBody>
      </Card>
    </>
  )
}
