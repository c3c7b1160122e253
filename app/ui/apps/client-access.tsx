// How a program gets an access token as an OAuth client: its public ID, where to ask, and a command that does it.
import { CodeBlock } from '~/ui/code-block'

export function ClientId({ id }: { id: string }) {
  return (
    <div className="flex min-w-0 flex-col gap-2">
      <h3 className="font-medium">Client ID</h3>
      <CodeBlock inline code={id} label="Client ID" />
    </div>
  )
}

type ClientAccessProps = { clientId: string; tokenEndpoint: string }

export function ClientAccess({ clientId, tokenEndpoint }: ClientAccessProps) {
  return (
    <div className="flex min-w-0 flex-col gap-2">
      <h3 className="font-medium">Get an access token</h3>
      <p className="max-w-text text-sm text-muted">
        Ask the token endpoint with the client ID and the secret. A token lasts ten minutes; then ask again.
      </p>
      <CodeBlock inline code={tokenEndpoint} label="Token endpoint" />
      <CodeBlock
        code={`curl -u '${clientId}:YOUR_CLIENT_SECRET' \\\n  -d grant_type=client_credentials \\\n  '${tokenEndpoint}'`}
        label="Curl command for an access token"
      />
    </div>
  )
}
