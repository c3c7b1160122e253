// What an endpoint is given: a secret as Standard Webhooks writes it, and the events that its owner may choose.
import { fieldError } from '~/domain/kernel/errors'
import type { EventType } from '~/domain/kernel/events'
import { fail, ok, type Result } from '~/domain/kernel/result'
import { typesFor, type WebhookInput, type WebhookScope } from './webhook'

const prefix = 'whsec_'

/** 256 random bits; the specification asks for 24 to 64 bytes, in base64. */
export function newWebhookSecret(): string {
  return prefix + btoa(String.fromCharCode(...crypto.getRandomValues(new Uint8Array(32))))
}

/** The bytes that sign. */
export function secretBytes(secret: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(secret.slice(prefix.length)), (char) => char.charCodeAt(0))
}

export function chosenTypesOf(
  input: WebhookInput,
  scope: WebhookScope,
): Result<{ allEvents: boolean; eventTypes: EventType[] }> {
  if (input.events === 'all') return ok({ allEvents: true, eventTypes: [] })
  const offered = typesFor(scope)
  if (!input.eventTypes.every((type) => offered.includes(type)))
    return fail(fieldError('eventTypes', 'One of these events cannot be chosen here.'))
  return ok({ allEvents: false, eventTypes: [...new Set(input.eventTypes)] })
}
