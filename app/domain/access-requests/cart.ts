// The cart: what is in it, why something in it can no longer be asked for, and the sections that become requests.
import { z } from 'zod'
import { type CredentialType, credentialTypes } from '~/domain/apps/credential'
import type { PlanTerms } from '~/domain/catalog/plan'
import { type Id, idSchema } from '~/domain/kernel/ids'

export const cartItemInput = z.object({ catalogId: idSchema('cat'), productId: idSchema('prd') })
export type CartItemInput = z.output<typeof cartItemInput>

export const severalCatalogsNotice =
  'Your cart holds products from different catalogs: each is requested separately.'

/** What decides whether a product can be asked for through its catalog. */
export type CartFitness = {
  catalogVisible: boolean
  inCatalog: boolean
  published: boolean
  acceptsApiKey: boolean
  acceptsOauth: boolean
}

export type CartRow = CartFitness & {
  catalogId: Id<'cat'>
  catalogName: string
  productId: Id<'prd'>
  productName: string
  productSlug: string
  productSummary: string
  addedAt: number
}

export type CartPlan = PlanTerms & {
  catalogId: Id<'cat'>
  id: Id<'pln'>
  name: string
  description: string
  approval: 'auto' | 'manual'
}

/** What an app of the developer has, or waits for: the same under the same plan cannot be asked for again. */
export type HeldProduct = {
  productId: Id<'prd'>
  appId: Id<'app'>
  appName: string
  planId: Id<'pln'>
  planName: string
  state: 'pending' | 'approved'
}

/** A key that may serve further products of its catalog under its plan. */
export type ReusableKey = {
  id: Id<'crd'>
  name: string
  hint: string
  type: CredentialType
  appId: Id<'app'>
  appName: string
  catalogId: Id<'cat'>
  planId: Id<'pln'>
  planName: string
}

export type CartItem = {
  id: Id<'prd'>
  name: string
  slug: string
  summary: string
  addedAt: number
  problem: string | null
}

/**
 * One section becomes one request: one catalog, and products that accept the same credential types, of which one chooses
 * one. `items` with a `problem` are not part of it.
 */
export type CartSection = {
  key: string
  catalogId: Id<'cat'>
  catalogName: string
  /** At least one; the usual one comes first. */
  credentialTypes: CredentialType[]
  items: CartItem[]
  plans: CartPlan[]
}

/** Why a product in the cart cannot be asked for, or null. */
export function cartProblem(row: CartFitness): string | null {
  if (!row.catalogVisible) return 'You can no longer see this catalog.'
  if (!row.published) return 'This product is no longer published.'
  if (!row.inCatalog) return 'This product has left the catalog.'
  if (!row.acceptsApiKey && !row.acceptsOauth)
    return 'This product has documentation only: there is nothing to call.'
  return null
}

/** The types that a product takes, the usual one first; API keys also where it takes nothing, so that it has a place. */
export function acceptedTypes(row: CartFitness): CredentialType[] {
  const accepted = credentialTypes.filter((type) =>
    type === 'api_key' ? row.acceptsApiKey : row.acceptsOauth,
  )
  return accepted.length > 0 ? accepted : ['api_key']
}

/** What a page that shows `shown` does not know of the cart as it is; null when nothing differs. */
export function cartChange(
  shown: readonly string[],
  removed: readonly string[],
  added: readonly string[],
): string | null {
  const told = [
    removed.length > 0 && `${joined(removed)} ${removed.length === 1 ? 'is' : 'are'} no longer in it`,
    added.length > 0 && `${joined(added)} ${added.length === 1 ? 'was' : 'were'} added`,
  ].filter((part) => part !== false)
  if (told.length === 0) return null
  return `Your cart has changed since you opened this page: ${told.join(', and ')}. ${
    removed.length === shown.length
      ? 'Nothing was requested.'
      : 'It is shown as it is now, with what you typed. Check it and send the request again.'
  }`
}

function joined(names: readonly string[]): string {
  return new Intl.ListFormat('en').format(names)
}

/** Sections in the order of the rows. */
export function cartSections(rows: CartRow[], plans: CartPlan[]): CartSection[] {
  const sections = new Map<string, CartSection>()
  for (const row of rows) {
    const accepted = acceptedTypes(row)
    const key = `${row.catalogId}-${accepted.join('-')}`
    const section = sections.get(key) ?? {
      key,
      catalogId: row.catalogId,
      catalogName: row.catalogName,
      credentialTypes: accepted,
      items: [],
      plans: row.catalogVisible ? plans.filter((plan) => plan.catalogId === row.catalogId) : [],
    }
    sections.set(key, section)
    const { productId: id, productName: name, productSlug: slug, productSummary: summary, addedAt } = row
    section.items.push({ id, name, slug, summary, addedAt, problem: cartProblem(row) })
  }
  return [...sections.values()]
}
