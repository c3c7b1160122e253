// Apps and requests in every state.
import { addToCart } from '~/domain/access-requests/add-to-cart.server'
import { approveAccessRequest } from '~/domain/access-requests/approve-access-request.server'
import { rejectAccessRequest } from '~/domain/access-requests/reject-access-request.server'
import { revokeAccessRequest } from '~/domain/access-requests/revoke-access-request.server'
import { submitAccessRequest } from '~/domain/access-requests/submit-access-request.server'
import { withdrawAccessRequest } from '~/domain/access-requests/withdraw-access-request.server'
import type { CredentialType } from '~/domain/apps/credential'
import type { DeveloperActor } from '~/domain/kernel/actor'
import type { Id } from '~/domain/kernel/ids'
import type { DemoOffer } from './seed-offer'
import { done, type Seeder } from './seed-parts'
import type { DemoPeople } from './seed-people'
import { seedUsage } from './seed-usage'

const day = 86_400_000

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
