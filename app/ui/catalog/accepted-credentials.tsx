// What a call to an API must carry, in words: a key, an access token, or either.
import { type CredentialType, credentialHeader } from '~/domain/apps/credential'

export type Accepting = {
  acceptsApiKey: boolean
  acceptsOauth: boolean
  /** The external gateway that serves the API. */
  served: { header: string } | null
}

type AcceptedCredentialsProps = { api: Accepting; tokenEndpoint: string }

export function AcceptedCredentials({ api, tokenEndpoint }: AcceptedCredentialsProps) {
  if (api.served) {
    return (
      <p className="max-w-text">
        Send the key of one of your apps with every call:{' '}
        <code>{credentialHeader('YOUR_API_KEY', api.served.header).join(': ')}</code>.
      </p>
    )
  }
  return (
    <div className="flex max-w-text flex-col gap-2">
      {api.acceptsApiKey && (
        <p>
          Send the key of one of your apps with every call: <code>Authorization: Bearer YOUR_API_KEY</code>,
          or <code>X-API-Key: YOUR_API_KEY</code>.
        </p>
      )}
      {api.acceptsOauth && (
        <p>
          {api.acceptsApiKey ? 'Or send an access token' : 'Send an access token with every call'}:{' '}
          <code>Authorization: Bearer YOUR_ACCESS_TOKEN</code>. It lasts ten minutes. Your app gets one with
          the ID and the secret of its OAuth client (client credentials) from{' '}
          <code className="wrap-anywhere">{tokenEndpoint}</code>.
        </p>
      )}
    </div>
  )
}

/** What the samples carry: a key where the API takes one. */
export function sampleCredential({ acceptsApiKey }: Pick<Accepting, 'acceptsApiKey'>): CredentialType {
  return acceptsApiKey ? 'api_key' : 'oauth_client'
}
