// External gateways: what an admin says of one, and what every adapter can do. An adapter tells a gateway the whole of what
// a key may do, never a difference, so that telling it twice, or again after an error, ends in the same state.
import { z } from 'zod'
import { idSchema } from '~/domain/kernel/ids'
import { lineSchema } from '~/domain/kernel/text'
import type { GrantedKey } from './external-key'

export const gatewayKinds = ['tyk'] as const
export type GatewayKind = (typeof gatewayKinds)[number]
export const gatewayKindLabels: Record<GatewayKind, string> = { tyk: 'Tyk Gateway' }

/** The identifiers of the outside: they become parts of addresses, so nothing else passes. */
const externalId = (label: string) =>
  z
    .string({ error: `${label} is missing. Enter it and try again.` })
    .trim()
    .min(1, `${label} is missing. Enter it and try again.`)
    .regex(
      /^[A-Za-z0-9_.-]{0,64}$/,
      `${label} has letters, digits, dots, dashes and underscores, 64 at most.`,
    )

const webAddress = z
  .string({ error: 'Enter an address that begins with https://.' })
  .trim()
  .max(300, 'An address can have at most 300 characters.')
  .regex(
    /^https?:\/\/[^\s?#\\]+$/,
    'Enter an address that begins with https://, without a question mark or hash.',
  )

const headerSecret = z
  .string()
  .max(500, 'A secret has at most 500 characters.')
  .regex(/^[\u0021-\u007e]+$/, {
    error: 'A secret has printable ASCII characters and no spaces.',
  })

const editGatewayFields = z.object({
  name: lineSchema('Name', 2, 80),
  baseUrl: webAddress,
  externalOrgId: externalId('The organization ID'),
  publicUrl: webAddress,
  headerName: z
    .string()
    .trim()
    .regex(/^[A-Za-z0-9-]{1,60}$/, 'A header name has letters, digits and dashes.')
    .default('Authorization'),
})

export const addGatewayInput = editGatewayFields.extend({
  kind: z.enum(gatewayKinds).default('tyk'),
  managementSecret: z.string({ error: 'Enter the secret of the gateway.' }).pipe(headerSecret),
})
export type AddGatewayInput = z.output<typeof addGatewayInput>

/** A secret that is left empty stays as it is. */
export const editGatewayInput = editGatewayFields.extend({
  managementSecret: headerSecret.optional(),
})
export type EditGatewayInput = z.output<typeof editGatewayInput>

export const deleteGatewayInput = z.object({ confirmation: z.string().max(200).default('') })
export type DeleteGatewayInput = z.output<typeof deleteGatewayInput>

/** Which gateway serves an API; what is asked of an external one only is not looked at for the built-in one. */
const externalPlace = z.object({
  gateway: idSchema('gwy'),
  externalApiId: externalId('The API ID'),
  listenPath: z
    .string({ error: 'Enter the listen path, as in /orders/.' })
    .trim()
    .max(200, 'A path can have at most 200 characters.')
    .regex(/^\/(?:[A-Za-z0-9._~-]+\/?)*$/, 'Enter a path that begins with a slash, as in /orders/.'),
})

export const chooseApiGatewayInput = z
  .object({
    gateway: z.union([z.literal('built_in'), idSchema('gwy')], { error: 'Choose a gateway.' }),
    externalApiId: z.unknown(),
    listenPath: z.unknown(),
  })
  .transform((typed, context) => {
    if (typed.gateway === 'built_in') return { gateway: typed.gateway }
    const place = externalPlace.safeParse(typed)
    if (place.success) return place.data
    for (const { path, message } of place.error.issues)
      context.addIssue({ code: 'custom', path: [...path], message })
    return z.NEVER
  })
export type ChooseApiGatewayInput = z.output<typeof chooseApiGatewayInput>

/** Where a gateway is managed, with what opens it: made for one call and never kept. */
export type GatewayPlace = { baseUrl: string; externalOrgId: string; secret: string }

/** `missing`: it knows no such key. `reason` is for admins: it holds no key, no secret and nothing the gateway wrote. */
export type GatewayOutcome =
  | { outcome: 'ok' | 'missing' }
  | { outcome: 'retryable' | 'permanent'; reason: string }

export type GatewayHealth = { ok: boolean; message: string; version: string | null }

/** Each answers within its time-out and does not throw for what a gateway does. */
export type GatewayAdapter = {
  provision(place: GatewayPlace, key: string, granted: GrantedKey): Promise<GatewayOutcome>
  /** `missing` when there is nothing to change: provision it then. */
  changePlan(place: GatewayPlace, key: string, granted: GrantedKey): Promise<GatewayOutcome>
  revoke(place: GatewayPlace, key: string): Promise<GatewayOutcome>
  health(place: GatewayPlace): Promise<GatewayHealth>
}

export type GatewayTools = { adapterFor(kind: GatewayKind): GatewayAdapter }

/** How it went to tell a gateway of a key. `busy`: somebody else is telling it. `later`: nothing to tell before that moment. */
export type Telling =
  | { outcome: 'told' | 'busy' }
  | { outcome: 'not_needed' | 'retryable' | 'permanent'; reason: string }
  | { outcome: 'later'; at: number; reason: string }
