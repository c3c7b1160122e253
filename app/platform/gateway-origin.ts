// Where the gateway answers: its own hostname where a deployment has one, else the portal's.

export function gatewayOrigin(env: Env): string {
  return (env.GATEWAY_ORIGIN || env.PORTAL_ORIGIN).replace(/\/+$/, '')
}
