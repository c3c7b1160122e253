// The gateway without its check: the same way to the upstream and back, and nobody is asked who calls.
import { parseGatewayAddress, upstreamAddress } from '~/domain/gateway/address'
import { requestHeaders } from '~/domain/gateway/headers'
import { problemAnswer, upstreamAnswer } from '~/platform/gateway-answers'
import { exchangeOf } from '~/platform/gateway-host'
import { callUpstream } from '~/platform/gateway-upstream'

const noLimits = { terms: { rate: null, quota: null }, reports: { rate: null, quota: null } }

export default {
  async fetch(request: Request, env: Env & { UPSTREAM: string }): Promise<Response> {
    const url = new URL(request.url)
    const exchange = exchangeOf(request, url, env)
    const address = parseGatewayAddress(url.pathname)
    const target = address && upstreamAddress(env.UPSTREAM, address.rest, url.search)
    if (!target) return problemAnswer(exchange, 'unknown_api')
    const caller = { app: 'app', organization: 'org', plan: 'Bench', requestId: exchange.requestId }
    const answer = await callUpstream(target, request, requestHeaders(request.headers, 'no key', caller))
    if (!answer.ok) return problemAnswer(exchange, answer.code)
    const way = { from: target, upstreamUrl: env.UPSTREAM, prefix: address.prefix }
    return upstreamAnswer(exchange, answer.response, way, noLimits)
  },
}
