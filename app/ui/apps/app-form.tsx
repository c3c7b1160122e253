// The form of an app's name, description, sharing and redirect URLs, for its developers and for admins.
import { Form } from '@remix-run/react'
import type { ReactNode } from 'react'
import { SharingFields } from '~/ui/apps/sharing-fields'
import { SubmitButton } from '~/ui/button'
import { TextAreaField, TextField } from '~/ui/field'
import { FormActions, FormErrors, FormFields } from '~/ui/form-layout'
import { useServerForm } from '~/ui/use-server-form'

type AppFormProps = {
  app: {
    name: string
    description: string
    visibility: string
    teamId: string | null
    redirectUrls: readonly string[]
  }
  teams: readonly { id: string; name: string }[]
  /** Why sharing is not to be chosen here, or null where it is. */
  noSharing: string | null
  /** Named where it is not one's own organization. */
  organizationName?: string | undefined
  /** Hidden fields. */
  children?: ReactNode
  submitLabel?: string | undefined
  lastResult: unknown
  cancel: ReactNode
}

export function AppForm(props: AppFormProps) {
  const {
    app,
    teams,
    noSharing,
    organizationName,
    children,
    submitLabel = 'Save',
    lastResult,
    cancel,
  } = props
  const form = useServerForm({
    id: 'app-settings',
    lastResult,
    defaultValue: {
      name: app.name,
      description: app.description,
      visibility: app.visibility,
      teamId: app.teamId ?? '',
      redirectUrls: app.redirectUrls.join('\n'),
    },
  })
  return (
    <Form {...form.props} className="group/app flex flex-col gap-4">
      <FormErrors errors={form.errors} />
      {children}
      <FormFields>
        <TextField {...form.field('name')} label="App name" maxLength={80} autoComplete="off" required />
        <TextAreaField {...form.field('description')} label="Description" optional rows={2} maxLength={500} />
        {noSharing === null ? (
          <SharingFields
            form={form}
            teams={teams}
            names={{ visibility: 'visibility', team: 'teamId' }}
            organizationName={organizationName}
          />
        ) : (
          <p className="text-muted">{noSharing}</p>
        )}
        <TextAreaField
          {...form.field('redirectUrls')}
          label="Redirect URLs"
          optional
          rows={2}
          mono
          hint="One a line. Only programs that send people to log in need them."
        />
      </FormFields>
      <FormActions>
        <SubmitButton>{submitLabel}</SubmitButton>
        {cancel}
      </FormActions>
    </Form>
  )
}
