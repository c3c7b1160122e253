// What the domain asks of the edge to send a webhook: signed with each of the secrets, once, to an address that was judged.

export type WebhookMessage = {
  url: string
  /** The event's id: the same at each attempt, so that a receiver knows what it has seen. */
  id: string
  /** In seconds since 1970. */
  timestamp: number
  body: string
  /** The newest first. */
  secrets: readonly string[]
}

export type WebhookAnswer = {
  /** Null when there was none: `error` says why. */
  status: number | null
  /** As much of it as is kept. */
  body: string | null
  error: string | null
  durationMs: number
  retryAfterSeconds: number | null
}

/** Answers within its time-out and does not throw for what a receiver does. */
export type WebhookTools = { post(message: WebhookMessage): Promise<WebhookAnswer> }
