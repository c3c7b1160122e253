// What the demo offers: catalogs, plans, and the products with their APIs, documents and guides.
import { createApi } from '~/domain/catalog/create-api.server'
import { createCatalog } from '~/domain/catalog/create-catalog.server'
import { createGuide } from '~/domain/catalog/create-guide.server'
import { createPlan } from '~/domain/catalog/create-plan.server'
import { createProduct } from '~/domain/catalog/create-product.server'
import { importApiDocument } from '~/domain/catalog/import-api-document.server'
import { publishProduct } from '~/domain/catalog/publish-product.server'
import type { Id } from '~/domain/kernel/ids'
import { demoProducts } from '~demo/products'
import { done, type Seeder } from './seed-parts'
import type { DemoPeople } from './seed-people'

const day = 86_400_000

export type DemoOffer = {
  catalogs: Record<'public' | 'private' | 'partner' | 'checkout', Id<'cat'>>
  plans: Record<'free' | 'pro' | 'partner' | 'unlimited', Id<'pln'>>
  products: Record<string, { id: Id<'prd'>; apiIds: Id<'api'>[] }>
}

export async function seedOffer(seeder: Seeder, people: DemoPeople, upstreamUrl: string): Promise<DemoOffer> {
  const ctx = seeder.as(people.admin, seeder.now - 36 * day)
  const partner = done(
    await createCatalog(ctx, {
      name: 'Partner catalog',
      slug: 'partner',
      visibility: 'custom',
      audience: { organizationIds: [people.northwindId], teamIds: [] },
    }),
  )
  const checkout = done(
    await createCatalog(ctx, {
      name: 'Checkout catalog',
      slug: 'checkout',
      visibility: 'custom',
      audience: { organizationIds: [], teamIds: [people.checkoutTeamId] },
    }),
  )
  const catalogs = {
    public: 'cat_public' as const,
    private: 'cat_private' as const,
    partner: partner.catalogId,
    checkout: checkout.catalogId,
  }

  // A minute apart: plans are listed in the order in which they were made.
  let minute = 0
  const plan = async (input: Parameters<typeof createPlan>[1]) => {
    minute += 1
    const later = seeder.as(people.admin, ctx.now + minute * 60_000)
    return done(await createPlan(later, input)).planId
  }
  const plans = {
    free: await plan({
      name: 'Free',
      description: 'For trying things out.',
      rateLimit: 5,
      ratePeriodSeconds: 10,
      quotaLimit: 1000,
      quotaPeriod: 'day',
      keyLifetimeDays: null,
      approval: 'auto',
      catalogIds: [catalogs.public, catalogs.private],
    }),
    pro: await plan({
      name: 'Pro',
      description: 'For production traffic.',
      rateLimit: 50,
      ratePeriodSeconds: 1,
      quotaLimit: 1_000_000,
      quotaPeriod: 'month',
      keyLifetimeDays: null,
      approval: 'manual',
      catalogIds: [catalogs.public, catalogs.private],
    }),
    partner: await plan({
      name: 'Partner',
      description: 'The terms of the partner agreement.',
      rateLimit: 200,
      ratePeriodSeconds: 1,
      quotaLimit: 20_000_000,
      quotaPeriod: 'month',
      keyLifetimeDays: 365,
      approval: 'manual',
      catalogIds: [catalogs.partner, catalogs.checkout],
    }),
    unlimited: await plan({
      name: 'Unlimited',
      description: 'For internal services. No limit of calls.',
      rateLimit: null,
      ratePeriodSeconds: null,
      quotaLimit: null,
      quotaPeriod: null,
      keyLifetimeDays: null,
      approval: 'manual',
      catalogIds: [catalogs.checkout],
    }),
  }

  const products: DemoOffer['products'] = {}
  for (const product of demoProducts) {
    const { productId } = done(
      await createProduct(ctx, {
        name: product.name,
        slug: product.slug,
        summary: product.summary,
        description: product.description,
        tags: product.tags,
        featured: product.featured,
        catalogIds: product.catalogs.map((slug) => catalogs[slug]),
        logo: { contentType: 'image/svg+xml', bytes: new TextEncoder().encode(product.logoSvg) },
      }),
    )
    const apiIds: Id<'api'>[] = []
    for (const api of product.apis) {
      const { apiId } = done(
        await createApi(ctx, productId, {
          slug: api.slug,
          name: api.name,
          version: api.version,
          upstreamUrl: `${upstreamUrl}${api.upstreamPath}`,
          accepts: api.accepts,
        }),
      )
      done(await importApiDocument(ctx, apiId, api.documentText))
      apiIds.push(apiId)
    }
    for (const [index, guide] of product.guides.entries()) {
      done(
        await createGuide(ctx, productId, {
          slug: guide.slug,
          title: guide.title,
          body: guide.body,
          position: index,
          published: true,
        }),
      )
    }
    done(await publishProduct(ctx, productId))
    products[product.slug] = { id: productId, apiIds }
  }
  return { catalogs, plans, products }
}
