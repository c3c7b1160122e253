// What a submission stands on, read before it is written: it finds the submission that was sent already, and says in
// words what is in the way. The write repeats the rules as SQL, because anything may change in between.
import { and, eq, type SQL, sql } from 'drizzle-orm'
import { stillMember } from '~/domain/accounts/visibility.server'
import { type CredentialType, credentialTypePlurals } from '~/domain/apps/credential'
import { appsWithOpenSecrets, shareableTeam } from '~/domain/apps/visibility.server'
import { visibleCatalogs } from '~/domain/catalog/visibility.server'
import type { DeveloperActor } from '~/domain/kernel/actor'
import type { DomainContext } from '~/domain/kernel/context'
import { type DomainError, domainError, fieldError } from '~/domain/kernel/errors'
import type { Id } from '~/domain/kernel/ids'
import { nameKey } from '~/domain/kernel/text'
import { named } from '~db/columns'
import { accessRequests, apps, catalogPlans, catalogs, plans } from '~db/schema'
import { acceptsType } from './accepts.server'
import type { SubmitAccessRequestInput } from './access-request'
import { mayServe } from './access-statements.server'
import { acceptedTypes, type CartFitness, cartChange, cartProblem } from './cart'

/** The key of a submission is the user's own: nobody can take or read another one's. */
export function submissionKey(actor: DeveloperActor, submissionId: string): string {
  return `${actor.userId}.${submissionId}`
}

export type Submitted = { requestId: Id<'req'>; appId: Id<'app'>; state: 'pending' | 'approved' }

type SubmissionPlan = { name: string; approval: 'auto' | 'manual' }

type SubmissionCheck =
  | { previous: Submitted }
  | { error: DomainError }
  | {
      catalogName: string
      plan: SubmissionPlan
      appName: string
      products: string[]
      showSecretsOnce: boolean
    }

type ProductRow = CartFitness & { productId: Id<'prd'>; productName: string; inCart: boolean }

export async function checkSubmission(
  ctx: DomainContext<DeveloperActor>,
  input: SubmitAccessRequestInput,
): Promise<SubmissionCheck> {
  const { db, actor } = ctx
  const existingAppId = typeof input.app === 'string' ? input.app : null
  const teamId = typeof input.app === 'string' || actor.inDefaultOrganization ? null : input.app.teamId
  const ids = JSON.stringify(input.productIds)
  const flag = (condition: SQL, name: string) => sql<boolean>`${condition}`.mapWith(Boolean).as(name)
  const acceptedBy = (type: CredentialType) =>
    sql`exists (select 1 from apis where apis.product_id = p.id and apis.upstream_url is not null and ${acceptsType(type)})`

  const [previousRows, catalogRows, planRows, productRows, appRows, takenRows, placeRows, keyRows] =
    await db.batch([
      db
        .select({
          requestId: named(accessRequests.id, 'request_id'),
          state: accessRequests.state,
          planId: accessRequests.planId,
          credentialType: accessRequests.credentialType,
          appId: named(apps.id, 'app_id'),
          appNameKey: apps.nameKey,
        })
        .from(accessRequests)
        .innerJoin(apps, eq(apps.id, accessRequests.appId))
        .where(eq(accessRequests.submissionId, submissionKey(actor, input.submissionId))),
      db
        .select({ name: catalogs.name })
        .from(catalogs)
        .where(and(eq(catalogs.id, input.catalogId), visibleCatalogs(actor))),
      db
        .select({ name: plans.name, approval: plans.approval, archivedAt: plans.archivedAt })
        .from(plans)
        .innerJoin(catalogPlans, eq(catalogPlans.planId, plans.id))
        .where(and(eq(plans.id, input.planId), eq(catalogPlans.catalogId, input.catalogId))),
      db
        .select({
          productId: sql<Id<'prd'>>`p.id`.as('product_id'),
          productName: sql<string>`p.name`.as('product_name'),
          published: flag(sql`p.state = 'published'`, 'is_published'),
          inCatalog: flag(
            sql`exists (select 1 from catalog_products where catalog_id = ${input.catalogId} and product_id = p.id)`,
            'in_catalog',
          ),
          inCart: flag(
            sql`exists (select 1 from cart_items where user_id = ${actor.userId} and catalog_id = ${input.catalogId} and product_id = p.id)`,
            'in_cart',
          ),
          acceptsApiKey: flag(acceptedBy('api_key'), 'takes_api_key'),
          acceptsOauth: flag(acceptedBy('oauth_client'), 'takes_oauth'),
        })
        .from(sql`products p`)
        .where(
          sql`p.id in (select value from json_each(${ids}) union
          select product_id from cart_items where user_id = ${actor.userId} and catalog_id = ${input.catalogId})`,
        )
        .orderBy(sql`p.name`),
      db
        .select({ name: apps.name, frozenAt: apps.frozenAt })
        .from(apps)
        .where(and(eq(apps.id, existingAppId ?? 'app_none'), appsWithOpenSecrets(actor))),
      db
        .select({ name: sql<string>`p.name`.as('taken_name'), state: sql<string>`r.state`.as('taken_state') })
        .from(
          sql`access_request_products a join products p on p.id = a.product_id join access_requests r on r.id = a.request_id`,
        )
        .where(
          sql`a.app_id = ${existingAppId ?? 'app_none'} and a.plan_id = ${input.planId} and a.live = 1
          and a.product_id in (select value from json_each(${ids}))`,
        ),
      db
        .select({
          active: flag(
            sql`exists (select 1 from organizations where id = ${actor.organizationId} and state = 'active') and ${stillMember(actor)}`,
            'is_active',
          ),
          teamAllowed: flag(teamId ? shareableTeam(actor, teamId) : sql`1`, 'team_allowed'),
          showSecretsOnce: flag(sql`(select show_secrets_once from settings where id = 1)`, 'show_once'),
        })
        .from(sql`(select 1)`),
      db
        .select({ id: sql<Id<'crd'>>`c.id`.as('credential_id') })
        .from(sql`credentials c`)
        .where(
          sql`c.id = ${input.credentialId ?? 'crd_none'} and ${mayServe(ctx, {
            appId: sql`${existingAppId ?? 'app_none'}`,
            catalogId: sql`${input.catalogId}`,
            planId: sql`${input.planId}`,
            type: sql`${input.credentialType}`,
          })}`,
        ),
    ])
  const previous = previousRows[0]
  if (previous) return repeated(input, previous)

  const [catalog, plan, app, place] = [catalogRows[0], planRows[0], appRows[0], placeRows[0]]
  if (!catalog) {
    return {
      error: domainError(
        'not_found',
        'You can no longer see this catalog, so nothing of it can be requested. Remove its products from the cart, or ask who invited you to it.',
      ),
    }
  }
  if (!place?.teamAllowed)
    return {
      error: fieldError('appTeamId', 'There is no such team of yours. Choose another one.', 'not_found'),
    }
  if (existingAppId && !app)
    return { error: fieldError('appId', 'There is no such app of yours. Choose another one.', 'not_found') }
  if (!place.active) {
    return {
      error: domainError(
        'not_allowed',
        'Your organization is not active, so it cannot request access. Ask an admin of the portal.',
      ),
    }
  }
  const asked = productRows.filter((row) => input.productIds.includes(row.productId))
  const obstacle = productObstacle(input, asked) ?? staleness(input, productRows)
  if (obstacle) return { error: obstacle }
  if (!plan || plan.archivedAt !== null)
    return { error: fieldError('planId', 'This plan is not offered here any more. Choose another one.') }
  if (app?.frozenAt) return { error: fieldError('appId', 'This app is frozen. Choose another one.') }
  if (takenRows.length > 0) return { error: alreadyRequested(plan.name, takenRows) }
  if (input.credentialId && keyRows.length === 0) {
    const message = existingAppId
      ? `This credential cannot serve these products: it has to be a working one of ${app?.name} for this catalog under the plan ${plan.name}. Choose another or a new one.`
      : 'A new app has no credential yet. Choose a new one.'
    return { error: fieldError('credentialId', message) }
  }
  return {
    catalogName: catalog.name,
    plan,
    appName: typeof input.app === 'string' ? (app?.name ?? '') : input.app.name,
    products: asked.map((row) => row.productName).sort(),
    showSecretsOnce: place.showSecretsOnce,
  }
}

type Previous = {
  requestId: Id<'req'>
  state: string
  planId: Id<'pln'>
  credentialType: CredentialType
  appId: Id<'app'>
  appNameKey: string
}

/** The same form again gets the same answer; another form from a page that was used up is not swallowed. */
function repeated(input: SubmitAccessRequestInput, previous: Previous): SubmissionCheck {
  const sameApp =
    typeof input.app === 'string'
      ? input.app === previous.appId
      : nameKey(input.app.name) === previous.appNameKey
  if (
    !sameApp ||
    input.planId !== previous.planId ||
    input.credentialType !== previous.credentialType ||
    (previous.state !== 'pending' && previous.state !== 'approved')
  ) {
    return {
      error: domainError(
        'cart_changed',
        'These products were already requested from this page, perhaps in another tab. Reload the cart to go on.',
      ),
    }
  }
  return { previous: { requestId: previous.requestId, appId: previous.appId, state: previous.state } }
}

function productObstacle(
  input: SubmitAccessRequestInput,
  rows: Omit<ProductRow, 'catalogVisible'>[],
): DomainError | null {
  const known = rows.filter((row) => row.inCart || (row.inCatalog && row.published))
  if (known.length < input.productIds.length)
    return domainError('not_found', 'There is no such product in this catalog.')
  for (const row of rows) {
    if (!row.inCart) continue
    const problem = cartProblem({ ...row, catalogVisible: true })
    if (problem)
      return domainError(
        'not_requestable',
        `${row.productName}: ${problem} Remove it from the cart and try again.`,
      )
    if (!acceptedTypes({ ...row, catalogVisible: true }).includes(input.credentialType))
      return domainError(
        'cart_changed',
        `${row.productName} takes no ${credentialTypePlurals[input.credentialType]} any more. Reload the cart and choose again.`,
      )
  }
  return null
}

/** What the page did not show: it was loaded before the cart became what it is. */
function staleness(
  { productIds }: SubmitAccessRequestInput,
  rows: Omit<ProductRow, 'catalogVisible'>[],
): DomainError | null {
  const asked = rows.filter((row) => productIds.includes(row.productId))
  const added = rows.filter(
    (row) =>
      !productIds.includes(row.productId) &&
      asked.some((other) => sectionOf(other) === sectionOf(row)) &&
      cartProblem({ ...row, catalogVisible: true }) === null,
  )
  const names = (list: typeof rows) => list.map((row) => row.productName)
  const message = cartChange(names(asked), names(asked.filter((row) => !row.inCart)), names(added))
  return message ? domainError('cart_changed', message) : null
}

/** Products that accept the same types stand in one section of the cart. */
function sectionOf(row: Omit<ProductRow, 'catalogVisible'>): string {
  return acceptedTypes({ ...row, catalogVisible: true }).join('-')
}

function alreadyRequested(planName: string, taken: { name: string; state: string }[]): DomainError {
  const names = taken.map((row) => row.name).join(', ')
  const waits = taken.every((row) => row.state === 'pending')
  return domainError(
    'already_requested',
    waits
      ? `This app has already asked for ${names} under the plan ${planName}, and the request waits for an answer. Choose another plan or app.`
      : `This app already has ${names} under the plan ${planName}. Choose another plan or app.`,
  )
}
