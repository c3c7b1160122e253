// Types of the demo upstream for the TypeScript files that start it.
export type UpstreamOptions = {
  /** 0 takes a free port. */
  port?: number
  host?: string
  now?: () => Date
}

export type Upstream = {
  url: string
  close: () => Promise<void>
}

export function startUpstream(options?: UpstreamOptions): Promise<Upstream>
