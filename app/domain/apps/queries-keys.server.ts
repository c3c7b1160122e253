// With which of their keys and OAuth clients a reader may call an API: those whose secret they may see and whose approved request names the
// product. No secret is in it. One trip, which also answers whether the reader sees the API and whether it takes calls.
import { and, asc, desc, eq, isNull, type SQL, sql } from 'drizzle-orm'
import { visibleProducts } from '~/domain/catalog/visibility.server'
import type { DeveloperActor } from '~/domain/kernel/actor'
import type { DomainContext } from '~/domain/kernel/context'
import { NotFoundError } from '~/domain/kernel/errors'
import type { Id } from '~/domain/kernel/ids'
import { apis, apps, credentials, products } from '~db/schema'
import { type CredentialType, credentialStateAt } from './credential'
import { appsWithOpenSecrets, visibleApps } from './visibility.server'

/** More keys for one product than one can choose from. */
const maxKeys = 100

export type CallingKey = {
  credentialId: Id<'crd'>
  appId: Id<'app'>
  appName: string
  planName: string
  hint: string
  type: CredentialType
  /** False when the key was, or can be, shown once only: then one has to paste it. A client is asked for a token, always. */
  canBeFetched: boolean
}

export type CallingKeys = { productName: string; keys: CallingKey[]; hasPendingRequest: boolean }

/** Throws when the actor does not see the API, or when it has documentation only. */
export async function getCallingKeys(
  ctx: DomainContext,
  productSlug: string,
  apiSlug: string,
): Promise<CallingKeys> {
  const { db, actor, now } = ctx
  const seen = and(
    eq(products.slug, productSlug),
    visibleProducts(actor),
    sql`exists (select 1 from ${apis} where ${apis.productId} = ${products}.id and ${apis.slug} = ${apiSlug}
      and ${apis.upstreamUrl} is not null)`,
  )
  const product = sql`(select ${products.id} from ${products} where ${seen})`
  const developer = actor.type === 'developer' ? actor : null
  const [found, rows, waiting] = await db.batch([
    db.select({ name: products.name }).from(products).where(seen).limit(1),
    db
      .select({
        credentialId: sql<Id<'crd'>>`${credentials.id}`.as('credential_id'),
        appId: sql<Id<'app'>>`${apps.id}`.as('app_id'),
        appName: sql<string>`${apps.name}`.as('app_name'),
        planName: planOf(product).as('plan_name'),
        hint: credentials.hint,
        type: credentials.type,
        canBeFetched: sql<boolean>`(${credentials.type} = 'oauth_client'
          or (${credentials.secretCipher} is not null and ${credentials.showOnce} = 0))`
          .mapWith(Boolean)
          .as('can_be_fetched'),
        state: credentials.state,
        expiresAt: credentials.expiresAt,
        retiresAt: credentials.retiresAt,
      })
      .from(credentials)
      .innerJoin(apps, eq(apps.id, credentials.appId))
      .where(
        and(
          openSecrets(developer),
          isNull(apps.frozenAt),
          accepted(product, apiSlug),
          sql`${credentials.state} in ('active', 'retiring')`,
          sql`${planOf(product)} is not null`,
        ),
      )
      .orderBy(asc(apps.nameKey), desc(credentials.createdAt), desc(credentials.id))
      .limit(maxKeys),
    db
      .select({ id: apps.id })
      .from(apps)
      .where(
        and(
          developer ? visibleApps(developer) : sql`0`,
          sql`exists (select 1 from access_requests r join access_request_products p on p.request_id = r.id
            where r.app_id = ${apps}.id and r.state = 'pending' and p.product_id = ${product})`,
        ),
      )
      .limit(1),
  ])
  if (!found[0]) throw new NotFoundError('api')
  const keys = rows
    .filter((row) => ['active', 'retiring'].includes(credentialStateAt(row, now)))
    .map(({ state: _state, expiresAt: _expiresAt, retiresAt: _retiresAt, ...key }) => key)
  return { productName: found[0].name, keys, hasPendingRequest: waiting.length > 0 }
}

function openSecrets(developer: DeveloperActor | null): SQL {
  return developer ? appsWithOpenSecrets(developer) : sql`0`
}

/** What the API takes. The slug of an API is unique in its product. */
function accepted(product: SQL, apiSlug: string): SQL {
  return sql`exists (select 1 from apis a where a.product_id = ${product} and a.slug = ${apiSlug}
    and case ${credentials.type} when 'api_key' then a.accepts_api_key else a.accepts_oauth end = 1)`
}

/** The plan under which the credential calls the product: of several approved requests the one decided last holds. */
function planOf(product: SQL): SQL<string> {
  return sql<string>`(select r.plan_name from credential_requests x join access_requests r on r.id = x.request_id
    join access_request_products p on p.request_id = r.id and p.live = 1
    where x.credential_id = ${credentials.id} and r.state = 'approved' and p.product_id = ${product}
    order by r.decided_at desc, r.id desc limit 1)`
}
