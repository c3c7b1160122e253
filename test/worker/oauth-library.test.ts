// A general OAuth client that knows nothing of this portal: it finds the token endpoint by the metadata, gets a token, and
// calls with it; a general verifier checks the token by the published keys alone.
import * as oauth from 'oauth4webapi'
import { expect, test } from 'vitest'
import { client } from '~test/support/credentials'
import { askWorker, origin } from '~test/support/portal'

const viaWorker = {
  [oauth.customFetch]: (url: string, init: object) => askWorker(url, init as RequestInit),
}

async function discovered(): Promise<oauth.AuthorizationServer> {
  const issuer = new URL(origin)
  const response = await oauth.discoveryRequest(issuer, { algorithm: 'oauth2', ...viaWorker })
  return oauth.processDiscoveryResponse(issuer, response)
}

test.each([
  ['client_secret_basic', oauth.ClientSecretBasic],
  ['client_secret_post', oauth.ClientSecretPost],
])(
  'a general client discovers, obtains and uses a token by %s, and a general verifier takes it',
  async (_name, authenticate) => {
    const it = await client()
    const server = await discovered()
    const as: oauth.Client = { client_id: it.clientId }
    const scope = it.base.split('/')[2] ?? ''
    const answer = await oauth.clientCredentialsGrantRequest(
      server,
      as,
      authenticate(it.secret),
      new URLSearchParams({ scope }),
      viaWorker,
    )
    const { access_token: token, expires_in: lifetime } = await oauth.processClientCredentialsResponse(
      server,
      as,
      answer,
    )
    expect(lifetime).toBe(600)
    const url = new URL(`${origin}${it.base}/things`)
    const called = await oauth.protectedResourceRequest(token, 'GET', url, undefined, null, viaWorker)
    expect(called.status).toBe(200)

    const request = new Request(url, { headers: { authorization: `Bearer ${token}` } })
    const claims = await oauth.validateJwtAccessToken(server, request, `${origin}/gateway`, viaWorker)
    expect(claims).toMatchObject({ client_id: it.clientId, sub: it.clientId, scope })
  },
)

test('a general client understands a refusal', async () => {
  const it = await client()
  const server = await discovered()
  const as: oauth.Client = { client_id: it.clientId }
  const answer = await oauth.clientCredentialsGrantRequest(
    server,
    as,
    oauth.ClientSecretPost(it.secret),
    new URLSearchParams({ scope: 'nothing' }),
    viaWorker,
  )
  await expect(oauth.processClientCredentialsResponse(server, as, answer)).rejects.toMatchObject({
    error: 'invalid_scope',
    status: 400,
  })
})
