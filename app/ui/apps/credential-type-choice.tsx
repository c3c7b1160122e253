// What the app will present at the gateway. Where only one type is taken there is nothing to choose.
import { type CredentialType, credentialTypeLabels } from '~/domain/apps/credential'
import { RadioCards } from '~/ui/radio-cards'
import type { ServerForm } from '~/ui/use-server-form'

const descriptions: Record<CredentialType, string> = {
  api_key: 'One key that goes with every call. The quickest way to begin.',
  oauth_client:
    'A client ID and a secret, exchanged for access tokens of ten minutes. The secret never goes with a call.',
}

type CredentialTypeChoiceProps = { form: ServerForm; types: readonly CredentialType[] }

export function CredentialTypeChoice({ form, types }: CredentialTypeChoiceProps) {
  const [usual] = types
  if (types.length < 2) return <input type="hidden" name="credentialType" value={usual} />
  const { defaultValue: _, ...field } = form.field('credentialType')
  const typed = form.value('credentialType')
  return (
    <RadioCards
      {...field}
      legend="Credential type"
      defaultValue={typeof typed === 'string' ? typed : usual}
      columns
      options={types.map((type) => ({
        value: type,
        title: credentialTypeLabels[type],
        description: descriptions[type],
      }))}
    />
  )
}
