// Everything that the gateway must know of a credential, in one trip.
import { and, asc, eq, type SQL, sql } from 'drizzle-orm'
import { parseIpRange } from '~/domain/apps/ip-range'
import type { Id } from '~/domain/kernel/ids'
import type { Database } from '~db/client'
import {
  accessRequestProducts,
  accessRequests,
  apiGateways,
  apis,
  apps,
  credentialLimits,
  credentialRequests,
  credentials,
  gateways,
  organizations,
  products,
  users,
} from '~db/schema'
import type { CredentialSnapshot, GatewayApi, GatewayProduct, KeyLimits, Subscription } from './snapshot'

type Opened = { slug: string; subscription: Subscription; api: (GatewayApi & { slug: string }) | null }

/** The credential with this secret's SHA-256, in whatever state it is; null when there is none. */
export function findCredentialSnapshot(db: Database, secretHash: string): Promise<CredentialSnapshot | null> {
  return findSnapshot(db, eq(credentials.secretHash, secretHash))
}

/** The credential that an access token names. */
export function findSnapshotOfToken(
  db: Database,
  credentialId: Id<'crd'>,
): Promise<CredentialSnapshot | null> {
  return findSnapshot(db, eq(credentials.id, credentialId))
}

async function findSnapshot(db: Database, which: SQL): Promise<CredentialSnapshot | null> {
  const rows = await db
    .select({
      credentialId: credentials.id,
      type: credentials.type,
      clientId: credentials.clientId,
      state: credentials.state,
      expiresAt: credentials.expiresAt,
      retiresAt: credentials.retiresAt,
      limits: {
        ipRanges: credentialLimits.ipRanges,
        methods: credentialLimits.methods,
        paths: credentialLimits.paths,
        notBefore: credentialLimits.notBefore,
      },
      appId: apps.id,
      appFrozenAt: apps.frozenAt,
      appVisibility: apps.visibility,
      ownerState: users.state,
      organizationId: organizations.id,
      organizationState: organizations.state,
      organizationFrozenAt: organizations.frozenAt,
      requestId: accessRequests.id,
      limitsId: accessRequests.limitsId,
      planName: accessRequests.planName,
      rateLimit: accessRequests.rateLimit,
      ratePeriodSeconds: accessRequests.ratePeriodSeconds,
      quotaLimit: accessRequests.quotaLimit,
      quotaPeriod: accessRequests.quotaPeriod,
      productSlug: products.slug,
      apiId: apis.id,
      apiSlug: apis.slug,
      upstreamUrl: apis.upstreamUrl,
      acceptsApiKey: apis.acceptsApiKey,
      acceptsOauth: apis.acceptsOauth,
      gatewayId: apiGateways.gatewayId,
      externalApiId: apiGateways.externalApiId,
      externalAddress: sql<string | null>`${gateways.publicUrl} || rtrim(${apiGateways.listenPath}, '/')`,
    })
    .from(credentials)
    .innerJoin(apps, eq(apps.id, credentials.appId))
    .innerJoin(users, eq(users.id, apps.ownerId))
    .innerJoin(organizations, eq(organizations.id, apps.organizationId))
    .leftJoin(credentialLimits, eq(credentialLimits.credentialId, credentials.id))
    .leftJoin(credentialRequests, eq(credentialRequests.credentialId, credentials.id))
    .leftJoin(
      accessRequests,
      and(eq(accessRequests.id, credentialRequests.requestId), eq(accessRequests.state, 'approved')),
    )
    .leftJoin(
      accessRequestProducts,
      and(eq(accessRequestProducts.requestId, accessRequests.id), eq(accessRequestProducts.live, true)),
    )
    .leftJoin(products, eq(products.id, accessRequestProducts.productId))
    .leftJoin(apis, eq(apis.productId, products.id))
    .leftJoin(apiGateways, eq(apiGateways.apiId, apis.id))
    .leftJoin(gateways, eq(gateways.id, apiGateways.gatewayId))
    .where(which)
    // Of two approved requests for one product the later decision holds.
    .orderBy(asc(accessRequests.decidedAt), asc(accessRequests.id))

  const [first] = rows
  if (!first) return null
  return {
    credentialId: first.credentialId,
    type: first.type,
    clientId: first.clientId,
    state: first.state,
    expiresAt: first.expiresAt,
    retiresAt: first.retiresAt,
    limits: first.limits && keyLimits(first.limits),
    appId: first.appId,
    // All apps of an organization are frozen by one switch. The keys of a personal app rest while its owner's account is closed.
    appFrozen:
      first.appFrozenAt !== null ||
      first.organizationFrozenAt !== null ||
      (first.appVisibility === 'personal' && first.ownerState !== 'active'),
    organizationId: first.organizationId,
    organizationActive: first.organizationState === 'active',
    products: productsBySlug(rows.map(openedBy).filter((opened) => opened !== null)),
  }
}

type StoredLimits = { ipRanges: string[]; methods: string[]; paths: string[]; notBefore: number | null }

/** A stored range that cannot be read allows nothing, and never everything. */
function keyLimits({ ipRanges, methods, paths, notBefore }: StoredLimits): KeyLimits {
  const ranges = ipRanges.map(parseIpRange).flatMap((read) => (read.ok ? [read.range] : []))
  return {
    ipRanges: ipRanges.length > 0 ? ranges : null,
    methods: methods.length > 0 ? methods : null,
    paths: paths.length > 0 ? paths : null,
    notBefore,
  }
}

type Row = {
  requestId: Subscription['requestId'] | null
  limitsId: Subscription['limitsId'] | null
  planName: string | null
  rateLimit: number | null
  ratePeriodSeconds: number | null
  quotaLimit: number | null
  quotaPeriod: 'hour' | 'day' | 'week' | 'month' | null
  productSlug: string | null
  apiId: GatewayApi['apiId'] | null
  apiSlug: string | null
  upstreamUrl: string | null
  acceptsApiKey: boolean | null
  acceptsOauth: boolean | null
  gatewayId: Id<'gwy'> | null
  externalApiId: string | null
  externalAddress: string | null
}

function openedBy(row: Row): Opened | null {
  if (row.requestId === null || row.productSlug === null) return null
  const { rateLimit, ratePeriodSeconds, quotaLimit, quotaPeriod } = row
  return {
    slug: row.productSlug,
    subscription: {
      requestId: row.requestId,
      limitsId: row.limitsId ?? row.requestId,
      planName: row.planName ?? '',
      rate:
        rateLimit === null || ratePeriodSeconds === null
          ? null
          : { limit: rateLimit, periodSeconds: ratePeriodSeconds },
      quota: quotaLimit === null || quotaPeriod === null ? null : { limit: quotaLimit, period: quotaPeriod },
    },
    api:
      row.apiId === null || row.apiSlug === null
        ? null
        : {
            apiId: row.apiId,
            slug: row.apiSlug,
            upstreamUrl: row.upstreamUrl,
            acceptsApiKey: row.acceptsApiKey === true,
            acceptsOauth: row.acceptsOauth === true,
            external: externalOf(row),
          },
  }
}

function externalOf({ gatewayId, externalApiId, externalAddress }: Row): GatewayApi['external'] {
  if (gatewayId === null || externalApiId === null) return null
  return { gatewayId, externalApiId, address: externalAddress ?? '' }
}

function productsBySlug(opened: Opened[]): Map<string, GatewayProduct> {
  const bySlug = new Map<string, { subscription: Subscription; apis: Map<string, GatewayApi> }>()
  for (const { slug, subscription, api } of opened) {
    let product = bySlug.get(slug)
    if (product?.subscription.requestId !== subscription.requestId)
      product = { subscription, apis: new Map() }
    if (api) {
      const { slug: apiSlug, ...known } = api
      product.apis.set(apiSlug, known)
    }
    bySlug.set(slug, product)
  }
  return bySlug
}
