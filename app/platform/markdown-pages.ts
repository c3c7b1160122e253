// Answers in Markdown: what each viewer gets depends on who asks, so nobody keeps a copy.
import { credentialHeader } from '~/domain/apps/credential'
import type { SecurityScheme } from '~/domain/catalog/operation'
import { paths } from './paths'

export function markdownResponse(text: string, type: 'text/markdown' | 'text/plain' = 'text/markdown') {
  return new Response(text, {
    headers: {
      'Content-Type': `${type}; charset=utf-8`,
      'Cache-Control': 'private, no-store',
      Vary: 'Cookie',
      // Texts of others: whatever they hold, a browser shows it as text without an origin.
      'Content-Security-Policy': "default-src 'none'; sandbox",
      'X-Robots-Tag': 'noindex',
    },
  })
}

/** Whole addresses of Markdown pages. */
export function markdownAddresses(origin: string) {
  const whole = (path: string) => `${origin}${paths.asMarkdown(path)}`
  return {
    product: (slug: string) => whole(paths.product(slug)),
    guide: (slug: string, guide: string) => whole(paths.productGuide(slug, guide)),
    api: (slug: string, api: string) => whole(paths.productApi(slug, api)),
    operation: (slug: string, api: string, operation: string) =>
      whole(paths.productOperation(slug, api, operation)),
  }
}

type Accepting = {
  callable: boolean
  acceptsApiKey: boolean
  acceptsOauth: boolean
  served: { header: string } | null
}

export function authenticationInWords(
  api: Accepting,
  schemes: readonly SecurityScheme[],
  tokenEndpoint: string,
): string {
  if (api.callable && api.served) {
    const header = credentialHeader('YOUR_API_KEY', api.served.header).join(': ')
    return `Send the key of an app with every call: \`${header}\`.`
  }
  if (api.callable) {
    const ways = [
      api.acceptsApiKey &&
        'Send the key of an app with every call: `Authorization: Bearer YOUR_API_KEY`, or `X-API-Key: YOUR_API_KEY`.',
      api.acceptsOauth &&
        `${api.acceptsApiKey ? 'Or send' : 'Send'} an access token with every call: \`Authorization: Bearer YOUR_ACCESS_TOKEN\`. An app gets it with the ID and the secret of its OAuth client (client credentials) from \`${tokenEndpoint}\`; it lasts ten minutes.`,
    ]
    return ways.filter(Boolean).join('\n\n')
  }
  if (schemes.length === 0) return 'None is asked for.'
  return schemes.map(({ label }) => `- ${label.replace(/[\\`*_[\]<>|#]/g, '\\$&')}`).join('\n')
}
