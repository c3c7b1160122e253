// Apps and requests in every state, and some weeks of usage.
import { eq } from 'drizzle-orm'
import { addToCart } from '~/domain/access-requests/add-to-cart.server'
import { approveAccessRequest } from '~/domain/access-requests/approve-access-request.server'
import { rejectAccessRequest } from '~/domain/access-requests/reject-access-request.server'
import { revokeAccessRequest } from '~/domain/access-requests/revoke-access-request.server'
import { submitAccessRequest } from '~/domain/access-requests/submit-access-request.server'
import { withdrawAccessRequest } from '~/domain/access-requests/withdraw-access-request.server'
import type { CredentialType } from '~/domain/apps/credential'
import type { DeveloperActor } from '~/domain/kernel/actor'
import type { Id } from '~/domain/kernel/ids'
import { accessRequestProducts, apis, apps, credentialRequests, credentials, usageHours } from '~db/schema'
import type { DemoOffer } from './seed-offer'
import { done, type Seeder } from './seed-parts'
import type { DemoPeople } from './seed-people'

const hour = 3_600_000
const day = 24 * hour

type NewApp = {
  name: string
  description: string
  visibility: 'personal' | 'team' | 'organization'
  teamId?: Id<'team'>
}

export async function seedActivity(seeder: Seeder, people: DemoPeople, offer: DemoOffer): Promise<void> {
  let submission = 0
  const submit = async (
    who: DeveloperActor,
    daysAgo: number,
    catalog: keyof DemoOffer['catalogs'],
    plan: keyof DemoOffer['plans'],
    productSlugs: string[],
    app: NewApp | Id<'app'>,
    note = '',
    credentialType: CredentialType = 'api_key',
  ) => {
    submission += 1
    for (const slug of productSlugs) {
      done(
        await addToCart(seeder.as(who, seeder.now - daysAgo * day), {
          catalogId: offer.catalogs[catalog],
          productId: productOf(offer, slug).id,
        }),
      )
    }
    const value = done(
      await submitAccessRequest(seeder.as(who, seeder.now - daysAgo * day), {
        catalogId: offer.catalogs[catalog],
        productIds: productSlugs.map((slug) => productOf(offer, slug).id),
        planId: offer.plans[plan],
        app: typeof app === 'string' ? app : { ...app, teamId: app.teamId ?? null, redirectUrls: [] },
        credentialType,
        note,
        submissionId: `demo-${submission}`,
      }),
    )
    return value
  }
  const asAdmin = (daysAgo: number) => seeder.as(people.admin, seeder.now - daysAgo * day)

  const storefront = await submit(people.ada, 34, 'public', 'free', ['weather', 'shipping'], {
    name: 'Storefront',
    description: 'Shows delivery dates and prices in the web shop.',
    visibility: 'organization',
  })
  const payments = await submit(
    people.ada,
    30,
    'partner',
    'partner',
    ['payments'],
    storefront.appId,
    'Our contract is MP-2291.',
  )
  done(await approveAccessRequest(asAdmin(29.8), payments.requestId))
  await submit(
    people.ada,
    0.3,
    'public',
    'pro',
    ['shipping'],
    storefront.appId,
    'We go live on the first of the month.',
  )

  const checkout = await submit(people.ada, 21, 'checkout', 'unlimited', ['checkout'], {
    name: 'Checkout service',
    description: 'The cart and payment steps.',
    visibility: 'team',
    teamId: people.checkoutTeamId,
  })
  done(await approveAccessRequest(asAdmin(20.5), checkout.requestId))

  const settlement = await submit(
    people.ada,
    18,
    'partner',
    'partner',
    ['payments'],
    {
      name: 'Settlement service',
      description: 'Books every payout at night.',
      visibility: 'organization',
    },
    'The same contract as Storefront.',
    'oauth_client',
  )
  done(await approveAccessRequest(asAdmin(17.5), settlement.requestId))

  const labels = await submit(people.tom, 15, 'public', 'pro', ['shipping'], {
    name: 'Label printer',
    description: 'Prints labels in the warehouse.',
    visibility: 'personal',
  })
  done(
    await rejectAccessRequest(asAdmin(14), labels.requestId, {
      reason: 'Please start with Free and tell us your volume after a week.',
    }),
  )
  await submit(people.tom, 13, 'public', 'free', ['shipping'], labels.appId)

  const analytics = await submit(people.lin, 25, 'public', 'pro', ['weather', 'payments'], {
    name: 'Contoso analytics',
    description: 'Joins sales with the weather.',
    visibility: 'organization',
  })
  done(await approveAccessRequest(asAdmin(24), analytics.requestId))
  const former = await submit(people.lin, 33, 'private', 'free', ['product-data'], {
    name: 'Old importer',
    description: 'Replaced by Contoso analytics.',
    visibility: 'organization',
  })
  done(await revokeAccessRequest(asAdmin(9), former.requestId))
  const trial = await submit(people.kai, 6, 'private', 'pro', ['identity'], {
    name: 'Onboarding trial',
    description: '',
    visibility: 'personal',
  })
  done(await withdrawAccessRequest(seeder.as(people.kai, seeder.now - 5 * day), trial.requestId))
  await submit(
    people.kai,
    1.2,
    'private',
    'pro',
    ['identity', 'product-data'],
    trial.appId,
    'For the new onboarding flow.',
  )

  await submit(people.sam, 10, 'public', 'free', ['weather'], {
    name: 'Garden planner',
    description: 'Tells me when to water.',
    visibility: 'personal',
  })
  await seedUsage(seeder)
}

function productOf(offer: DemoOffer, slug: string): DemoOffer['products'][string] {
  const product = offer.products[slug]
  if (!product) throw new Error(`no demo product ${slug}`)
  return product
}

/** Calls by hour since each credential was made: busy by day, quiet by night and at weekends, a few errors. */
async function seedUsage({ db, now }: Seeder): Promise<void> {
  const served = await db
    .select({
      credentialId: credentials.id,
      since: credentials.createdAt,
      until: credentials.revokedAt,
      appId: apps.id,
      organizationId: apps.organizationId,
      apiId: apis.id,
    })
    .from(credentials)
    .innerJoin(apps, eq(apps.id, credentials.appId))
    .innerJoin(credentialRequests, eq(credentialRequests.credentialId, credentials.id))
    .innerJoin(accessRequestProducts, eq(accessRequestProducts.requestId, credentialRequests.requestId))
    .innerJoin(apis, eq(apis.productId, accessRequestProducts.productId))

  const rows: (typeof usageHours.$inferInsert)[] = []
  for (const [index, credential] of served.entries()) {
    const from = Math.ceil(credential.since / hour) * hour
    const end = Math.min(credential.until ?? now, now - hour)
    for (let at = from; at < end; at += hour) {
      const calls = callsAt(at, index)
      if (calls === 0) continue
      rows.push(usageRow(credential, at, 2, calls))
      const failed = Math.floor(calls / 37)
      if (failed > 0) rows.push(usageRow(credential, at, 4, failed))
    }
  }
  // Eleven columns a row, at most 100 bound values a statement (D1).
  const chunks = Array.from({ length: Math.ceil(rows.length / 9) }, (_, chunk) =>
    rows.slice(chunk * 9, chunk * 9 + 9),
  )
  const statements = chunks.map((chunk) => db.insert(usageHours).values(chunk))
  for (let start = 0; start < statements.length; start += 100) {
    const [first, ...rest] = statements.slice(start, start + 100)
    if (first) await db.batch([first, ...rest])
  }
}

function callsAt(at: number, seed: number): number {
  const moment = new Date(at)
  const weekend = moment.getUTCDay() % 6 === 0
  const daylight = Math.max(0, Math.sin(((moment.getUTCHours() - 5) / 24) * 2 * Math.PI))
  const wobble = ((at / hour) * 7919 + seed * 104_729) % 17
  return Math.floor((daylight * 42 + wobble / 3) * (weekend ? 0.35 : 1) * (0.4 + (seed % 4) * 0.35))
}

type Served = { credentialId: Id<'crd'>; apiId: Id<'api'>; appId: Id<'app'>; organizationId: Id<'org'> }

function usageRow(
  { credentialId, apiId, appId, organizationId }: Served,
  at: number,
  statusClass: number,
  calls: number,
) {
  const fast = Math.floor(calls * 0.7)
  const medium = Math.floor(calls * 0.25)
  return {
    credentialId,
    apiId,
    hour: at,
    statusClass,
    appId,
    organizationId,
    calls,
    under50Ms: fast,
    under250Ms: medium,
    under1000Ms: calls - fast - medium,
    slower: 0,
  }
}
