// Carts and access requests made by the commands themselves, for tests of what follows from them.
import type { SubmitAccessRequestInput } from '~/domain/access-requests/access-request'
import { addToCart } from '~/domain/access-requests/add-to-cart.server'
import { submitAccessRequest } from '~/domain/access-requests/submit-access-request.server'
import type { DeveloperActor } from '~/domain/kernel/actor'
import type { Id } from '~/domain/kernel/ids'
import { contextFor } from './context'
import * as world from './world'

/** A catalog with a plan of each kind and one product. */
export async function offer(
  visibility: 'public' | 'private' | 'custom' = 'public',
  audience: Parameters<typeof world.catalog>[1] = {},
) {
  const catalog = await world.catalog(visibility, audience)
  const manual = await world.plan([catalog.id], {
    quotaLimit: 1000,
    quotaPeriod: 'day',
    rateLimit: 5,
    ratePeriodSeconds: 10,
  })
  const auto = await world.plan([catalog.id], { approval: 'auto', keyLifetimeDays: 30 })
  const product = await world.product([catalog.id])
  return { catalog, manual, auto, product }
}

export type Offer = Awaited<ReturnType<typeof offer>>

export function submission(
  of: Offer,
  app: SubmitAccessRequestInput['app'],
  changes: Partial<SubmitAccessRequestInput> = {},
): SubmitAccessRequestInput {
  return {
    submissionId: crypto.randomUUID(),
    catalogId: of.catalog.id,
    productIds: [of.product.id],
    planId: of.manual.id,
    app,
    credentialType: 'api_key',
    note: '',
    ...changes,
  }
}

/** Puts the offer's product into the cart and sends the request; fails the test if that fails. */
export async function requested(
  actor: DeveloperActor,
  changes: { of?: Offer; app?: SubmitAccessRequestInput['app']; planId?: Id<'pln'> } = {},
) {
  const of = changes.of ?? (await offer())
  const ctx = contextFor(actor)
  const added = await addToCart(ctx, { catalogId: of.catalog.id, productId: of.product.id })
  if (!added.ok) throw new Error(added.error.message)
  const app = changes.app ?? (await world.app(actor)).id
  const sent = await submitAccessRequest(
    ctx,
    submission(of, app, changes.planId ? { planId: changes.planId } : {}),
  )
  if (!sent.ok) throw new Error(sent.error.message)
  return { of, ...sent.value }
}

/** The same under the plan that approves at once: the app holds a key. */
export async function granted(
  actor: DeveloperActor,
  changes: { app?: SubmitAccessRequestInput['app']; of?: Offer } = {},
) {
  const of = changes.of ?? (await offer())
  return requested(actor, { ...changes, of, planId: of.auto.id })
}
