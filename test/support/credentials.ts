// Credentials that open products at the gateway, inserted as rows: an app, an approved request with terms, a key.
import { eq } from 'drizzle-orm'
import { apiKeyHint, newApiKey, newClientId, newClientSecret } from '~/domain/apps/credential-key'
import type { DeveloperActor } from '~/domain/kernel/actor'
import { type Id, newId } from '~/domain/kernel/ids'
import { sha256Hex } from '~/platform/encoding'
import {
  accessRequestProducts,
  accessRequests,
  apis,
  apps,
  credentialRequests,
  credentials,
} from '~db/schema'
import { db } from './context'
import * as world from './world'

type Terms = Partial<
  Pick<
    typeof accessRequests.$inferInsert,
    'planName' | 'rateLimit' | 'ratePeriodSeconds' | 'quotaLimit' | 'quotaPeriod' | 'state' | 'decidedAt'
  >
>

type CredentialOptions = {
  owner?: DeveloperActor
  terms?: Terms
  row?: Partial<typeof credentials.$inferInsert>
  productId?: Id<'prd'>
}

/** A key for one new product (or a given one) under the given terms; unlimited when there are none. */
export async function credential(options: CredentialOptions = {}) {
  const owner = options.owner ?? (await world.superAdmin())
  const catalog = await world.catalog()
  const product = options.productId ? null : await world.product([catalog.id])
  const app = await world.app(owner)
  const key = newApiKey()
  const now = Date.now()
  const credentialId = newId('crd', now)
  await db.insert(credentials).values({
    id: credentialId,
    appId: app.id,
    type: 'api_key',
    state: 'active',
    name: 'Key for tests',
    secretHash: await sha256Hex(key),
    hint: apiKeyHint(key),
    createdAt: now,
    ...options.row,
  })
  const productId = options.productId ?? product?.id
  if (!productId) throw new Error('no product')
  const requestId = await approvedRequest({
    appId: app.id,
    owner,
    catalogId: catalog.id,
    credentialId,
    productId,
    ...(options.terms ? { terms: options.terms } : {}),
  })
  return {
    key,
    credentialId,
    requestId,
    appId: app.id,
    catalogId: catalog.id,
    productId,
    organizationId: owner.organizationId,
    owner,
    apiId: product?.apiId ?? null,
    /** The address of the product's API at the gateway. */
    base: `/gateway/${product?.slug ?? 'unknown'}/main`,
  }
}

/** An OAuth client for one new product whose API takes access tokens; API keys too, unless `only`. */
export async function client(options: CredentialOptions & { only?: boolean } = {}) {
  const [clientId, secret] = [newClientId(), newClientSecret()]
  const row = {
    type: 'oauth_client',
    clientId,
    secretHash: await sha256Hex(secret),
    hint: secret.slice(-4),
  } as const
  const made = await credential({ ...options, row: { ...row, ...options.row } })
  await db
    .update(apis)
    .set({ acceptsOauth: true, acceptsApiKey: !options.only })
    .where(eq(apis.productId, made.productId))
  return { ...made, clientId, secret }
}

export type Client = Pick<Awaited<ReturnType<typeof client>>, 'clientId' | 'secret'>

/** A well-formed request to the token endpoint, by client_secret_basic. */
export function tokenRequest({ clientId, secret }: Client, fields: Record<string, string> = {}): RequestInit {
  return {
    method: 'POST',
    headers: {
      authorization: `Basic ${btoa(`${clientId}:${secret}`)}`,
      'content-type': 'application/x-www-form-urlencoded',
    },
    body: new URLSearchParams({ grant_type: 'client_credentials', ...fields }).toString(),
  }
}

/** One more approved request that a credential serves. */
export async function approvedRequest(of: {
  appId: Id<'app'>
  owner: DeveloperActor
  catalogId: Id<'cat'>
  credentialId: Id<'crd'>
  productId: Id<'prd'>
  terms?: Terms
}): Promise<Id<'req'>> {
  const now = Date.now()
  const plan = await world.plan([of.catalogId])
  const requestId = newId('req', now)
  const state = of.terms?.state ?? 'approved'
  await db.batch([
    db.insert(accessRequests).values({
      id: requestId,
      submissionId: crypto.randomUUID(),
      appId: of.appId,
      organizationId: of.owner.organizationId,
      requesterId: of.owner.userId,
      catalogId: of.catalogId,
      planId: plan.id,
      credentialType: 'api_key',
      state,
      planName: plan.name,
      decidedAt: now,
      createdAt: now,
      ...of.terms,
    }),
    db.insert(accessRequestProducts).values({
      requestId,
      productId: of.productId,
      appId: of.appId,
      planId: plan.id,
      live: state === 'pending' || state === 'approved',
    }),
    db.insert(credentialRequests).values({ credentialId: of.credentialId, requestId }),
  ])
  return requestId
}

export async function changeCredential(
  credentialId: Id<'crd'>,
  changes: Partial<typeof credentials.$inferInsert>,
): Promise<void> {
  await db.update(credentials).set(changes).where(eq(credentials.id, credentialId))
}

export async function changeApp(appId: Id<'app'>, changes: Partial<typeof apps.$inferInsert>): Promise<void> {
  await db.update(apps).set(changes).where(eq(apps.id, appId))
}
