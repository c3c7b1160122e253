// Which adapter speaks to which kind of external gateway. A new kind is one more line here.
import type { GatewayAdapter, GatewayKind, GatewayTools } from '~/domain/gateway/external-gateway'
import { tellExternalGateway } from '~/domain/gateway/tell-external-gateway.server'
import type { TellGateway } from '~/domain/notifications/send-gateway-delivery.server'
import { tykAdapter } from './gateway-tyk'
import { logError } from './log'
import { systemContext } from './system-context'

const adapters: Record<GatewayKind, GatewayAdapter> = { tyk: tykAdapter() }

export const gatewayTools: GatewayTools = { adapterFor: (kind) => adapters[kind] }

/** One attempt to tell a gateway of a key. The secrets are opened inside, and go no further. */
export function gatewayTeller(env: Env): TellGateway {
  return async (gatewayId, credentialId) => {
    try {
      return await tellExternalGateway(systemContext(env), gatewayId, credentialId, gatewayTools)
    } catch (error) {
      logError('gateway_not_told', error, { gatewayId, credentialId })
      return { outcome: 'retryable', reason: 'The gateway could not be told.' }
    }
  }
}
