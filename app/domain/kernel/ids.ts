// Ids carry their kind as a prefix and sort by the time they were made: `usr_01J…` (ULID after the prefix).
import { incrementBase32, ulid } from 'ulid'
import { z } from 'zod'

export type IdPrefix =
  | 'usr'
  | 'ses'
  | 'pky'
  | 'inv'
  | 'code'
  | 'org'
  | 'team'
  | 'cat'
  | 'aud'
  | 'prd'
  | 'pln'
  | 'api'
  | 'doc'
  | 'gde'
  | 'app'
  | 'crd'
  | 'req'
  | 'evt'
  | 'dlv'
  | 'whk'
  | 'mail'
  | 'tok'
  | 'sgk'
  | 'gwy'

export type Id<P extends IdPrefix> = `${P}_${string}`

export type UserId = Id<'usr'>
export type OrganizationId = Id<'org'>
export type TeamId = Id<'team'>
export type EventId = Id<'evt'>

/** A new id for a thing made at `now` (ms). Pass the command's clock, so that ids sort as times do. */
export function newId<P extends IdPrefix>(prefix: P, now: number): Id<P> {
  return `${prefix}_${ulid(now)}`
}

let lastEvent = { now: -1, ulid: '' }

/** Of the events that an isolate writes within one millisecond, a later one has the greater id: log and mails keep their order. */
export function newEventId(now: number): EventId {
  lastEvent = { now, ulid: now === lastEvent.now ? incrementBase32(lastEvent.ulid) : ulid(now) }
  return `evt_${lastEvent.ulid}`
}

/** A zod schema for ids of one kind. */
export function idSchema<P extends IdPrefix>(prefix: P) {
  return z.templateLiteral([`${prefix}_`, z.string().regex(/^[0-9A-Za-z]{1,40}$/)]) as unknown as z.ZodType<
    Id<P>,
    string
  >
}

/** Reads an id from a URL: null for anything that is not one of this kind, so that the answer can be 404. */
export function parseId<P extends IdPrefix>(prefix: P, value: string | undefined): Id<P> | null {
  return value?.startsWith(`${prefix}_`) && /^[a-z]+_[0-9A-Za-z]{1,40}$/.test(value) ? (value as Id<P>) : null
}

/** A random mark of one decision, by which the statements that follow it in a batch recognise that it won. */
export function newDecisionId(now: number): string {
  return ulid(now)
}
