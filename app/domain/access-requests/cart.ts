// The cart: what is in it, why something in it can no longer be asked for, and the sections that become requests.
import { z } from 'zod'
import type { CredentialType } from '~/domain/apps/credential'
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

export type CartItem = {
  id: Id<'prd'>
  name: string
  slug: string
  summary: string
  addedAt: number
  problem: string | null
}

/** One section becomes one request: one catalog, one credential type. `items` with a `problem` are not part of it. */
export type CartSection = {
  key: string
  catalogId: Id<'cat'>
  catalogName: string
  credentialType: CredentialType
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
  if (!row.acceptsApiKey)
    return 'This product does not take API keys, and other credentials cannot be requested here yet.'
  return null
}

/** Sections in the order of the rows. */
export function cartSections(rows: CartRow[], plans: CartPlan[]): CartSection[] {
  const sections = new Map<string, CartSection>()
  for (const row of rows) {
    const credentialType: CredentialType = row.acceptsApiKey || !row.acceptsOauth ? 'api_key' : 'oauth_client'
    const key = `${row.catalogId}-${credentialType}`
    const section = sections.get(key) ?? {
      key,
      catalogId: row.catalogId,
      catalogName: row.catalogName,
      credentialType,
      items: [],
      plans: row.catalogVisible ? plans.filter((plan) => plan.catalogId === row.catalogId) : [],
    }
    sections.set(key, section)
    const { productId: id, productName: name, productSlug: slug, productSummary: summary, addedAt } = row
    section.items.push({ id, name, slug, summary, addedAt, problem: cartProblem(row) })
  }
  return [...sections.values()]
}
