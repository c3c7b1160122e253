// Which addresses an admin may give for an external gateway: those of upstreams (decision 34), and encrypted, because the
// gateway's secret and every key travel there. A portal that itself runs on this machine, as the demo does, may call this one.
import { type OwnOrigins, upstreamProblem } from '~/domain/catalog/public-address'

export function gatewayAddressProblem(address: string, own: OwnOrigins): string | null {
  const problem = upstreamProblem(address, own)
  if (problem) return problem
  const isLocal = ['localhost', '127.0.0.1', '[::1]'].includes(new URL(address).hostname)
  if (new URL(address).protocol !== 'https:' && !isLocal)
    return 'Use https: the secret and the keys of developers are sent there.'
  return null
}
