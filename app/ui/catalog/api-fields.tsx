// The fields of an API: its name and version, its part of the address, where calls go, and what is accepted.
import type { ApiCredentialType } from '~/domain/catalog/product'
import { CheckboxGroup } from '~/ui/choice-field'
import { TextField } from '~/ui/field'
import { FieldRow, FormFields } from '~/ui/form-layout'
import { tickedValues } from '~/ui/form-values'
import type { ServerForm } from '~/ui/use-server-form'

const credentialOptions: { value: ApiCredentialType; label: string; hint: string }[] = [
  { value: 'api_key', label: 'API key', hint: 'Authorization: Bearer, or X-API-Key.' },
  { value: 'oauth_client', label: 'OAuth 2.0 client credentials', hint: 'Tokens from /oauth/token.' },
]

type ApiFieldsProps = { form: ServerForm; accepts: readonly ApiCredentialType[]; slugFixed?: boolean }

export function ApiFields({ form, accepts, slugFixed = false }: ApiFieldsProps) {
  return (
    <FormFields>
      <FieldRow>
        <TextField {...form.field('name')} label="Name" maxLength={80} required />
        <TextField {...form.field('version')} label="Version" maxLength={40} required />
      </FieldRow>
      <TextField
        {...form.field('slug')}
        label="Slug"
        hint={
          slugFixed
            ? 'Part of the addresses that are called. It stays while somebody has access.'
            : 'The part of the gateway’s address that names this API.'
        }
        maxLength={60}
        mono
        required
        readOnly={slugFixed}
        autoCapitalize="none"
        spellCheck={false}
      />
      <TextField
        {...form.field('upstreamUrl')}
        label="Upstream URL"
        hint="Where calls are sent on to. Leave it empty for documentation only."
        optional
        mono
        inputMode="url"
        autoCapitalize="none"
        spellCheck={false}
      />
      <CheckboxGroup
        id={form.field('accepts').id}
        name="accepts"
        legend="Accepted credentials"
        options={credentialOptions}
        defaultValues={tickedValues(form.failed, form.value('accepts'), accepts)}
        errors={form.field('accepts').errors}
      />
    </FormFields>
  )
}
