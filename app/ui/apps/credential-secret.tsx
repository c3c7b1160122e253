// The key of a card: masked, with a button that reveals it where one may see it, else with the reason why not.
import { useFetcher } from '@remix-run/react'
import { type CredentialType, credentialWords, maskedKey } from '~/domain/apps/credential'
import { SubmitButton } from '~/ui/button'
import { FormErrors } from '~/ui/form-layout'
import { SecretField } from '~/ui/secret-field'

type CredentialSecretProps = {
  credential: { id: string; type: CredentialType; hint: string; hasSecret: boolean }
  /** Null where the key stays masked. */
  revealTo: string | null
  hiddenWhy: string
}

/** Without JavaScript the form leads to the reveal page, which shows the same field. */
export function CredentialSecret({ credential, revealTo, hiddenWhy }: CredentialSecretProps) {
  const fetcher = useFetcher<{ secret: string | null; problem: string | null }>({
    key: `reveal-${credential.id}`,
  })
  const secret = fetcher.data?.secret ?? null
  return (
    <div className="flex flex-col gap-2">
      {credential.type === 'oauth_client' && <h3 className="font-medium">Client secret</h3>}
      <FormErrors errors={fetcher.data?.problem ? [fetcher.data.problem] : null} />
      <SecretField
        label={credential.type === 'api_key' ? 'API key' : 'Client secret'}
        masked={maskedKey(credential.hint, credential.type)}
        secret={secret}
        revealForm={
          revealTo !== null &&
          credential.hasSecret && (
            <fetcher.Form method="post" action={revealTo}>
              <SubmitButton variant="secondary" pending={fetcher.state !== 'idle'}>
                Reveal
              </SubmitButton>
            </fetcher.Form>
          )
        }
      />
      {revealTo === null && <p className="text-sm text-muted">{hiddenWhy}</p>}
      {revealTo !== null && !credential.hasSecret && secret === null && (
        <p className="text-sm text-muted">{`This ${credentialWords[credential.type].secret} was shown once and cannot be shown again.`}</p>
      )}
    </div>
  )
}
