// Where webhooks may be sent: the addresses of upstreams (decision 34), encrypted. Asked for when an endpoint is saved and
// before each sending. A portal that itself runs on this machine, as the demo does, may call this one.
import { type OwnOrigins, upstreamProblem } from '~/domain/catalog/public-address'

export function webhookAddressProblem(address: string, own: OwnOrigins): string | null {
  const problem = upstreamProblem(address, own)
  if (problem) return problem
  const url = new URL(address)
  const isLocal = ['localhost', '127.0.0.1', '[::1]'].includes(url.hostname)
  if (url.protocol !== 'https:' && !isLocal) return 'Use https: what happens here is nobody else’s business.'
  return null
}
