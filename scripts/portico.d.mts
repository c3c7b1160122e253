export type RunningPortico = {
  origin: string
  upstreamUrl: string
  bindings: { DB: D1Database; TOKENS: KVNamespace }
  runCron: () => Promise<unknown>
  stop: () => Promise<void>
}

export function servePortico(options: {
  port: number
  host?: string
  stateFolder: string
  origin?: string
  /** Another origin at which the gateway answers; empty for the portal's own. */
  gatewayOrigin?: string
  /** Variables and secrets of the worker instead of the demo's. */
  variables?: Record<string, string>
  /** The state folder is a copy of one whose database is migrated. */
  isMigrated?: boolean
  log?: (message: string) => void
}): Promise<RunningPortico>
