// The fields of an external gateway. Its secret is asked for and never shown.
import { TextField } from '~/ui/field'
import { FieldRow, FormFields } from '~/ui/form-layout'
import type { ServerForm } from '~/ui/use-server-form'

type GatewayFieldsProps = {
  form: ServerForm
  kindLabel: string
  secretKept?: boolean
  organizationFixed?: boolean
}

const plain = { autoCapitalize: 'none', autoComplete: 'off', spellCheck: false } as const

export function GatewayFields(props: GatewayFieldsProps) {
  const { form, kindLabel, secretKept = false, organizationFixed = false } = props
  return (
    <FormFields>
      <TextField
        {...form.field('name')}
        label="Name"
        hint={`${kindLabel}. Admins see this name, developers do not.`}
        maxLength={80}
        required
      />
      <TextField
        {...form.field('baseUrl')}
        {...plain}
        label="Management address"
        hint="Where its REST API answers, with https. The portal sends keys and the secret there."
        inputMode="url"
        mono
        required
      />
      <FieldRow>
        <TextField
          {...form.field('managementSecret')}
          {...plain}
          type="password"
          autoComplete="new-password"
          label="Secret"
          hint={
            secretKept
              ? 'Leave it empty to keep the one that is stored. It is never shown.'
              : 'What Tyk’s configuration calls secret. It is stored sealed and never shown again.'
          }
          maxLength={500}
          required={!secretKept}
          optional={secretKept}
        />
        <TextField
          {...form.field('externalOrgId')}
          {...plain}
          label="Organization ID"
          hint={
            organizationFixed
              ? 'It stays while the gateway holds keys under it.'
              : 'The org_id of its APIs, such as default.'
          }
          maxLength={64}
          mono
          required
          readOnly={organizationFixed}
        />
      </FieldRow>
      <FieldRow>
        <TextField
          {...form.field('publicUrl')}
          {...plain}
          label="Public address"
          hint="Where developers call it. The listen path of an API follows."
          inputMode="url"
          mono
          required
        />
        <TextField
          {...form.field('headerName')}
          {...plain}
          label="Header of the key"
          hint="As its APIs are configured; Authorization unless changed there."
          maxLength={60}
          mono
          required
        />
      </FieldRow>
    </FormFields>
  )
}
