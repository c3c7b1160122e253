// Where the portal answers, and where the gateway does: its own hostname where a deployment has one, else the portal's.
// From configuration, without a slash at the end.

export function portalOrigin(env: Env): string {
  return env.PORTAL_ORIGIN.replace(/\/+$/, '')
}

export function gatewayOrigin(env: Env): string {
  return (env.GATEWAY_ORIGIN || env.PORTAL_ORIGIN).replace(/\/+$/, '')
}
