// The admins' list of access requests. A page is read along one index of its order: by age or plan that of the requests
// themselves; by app or organization that of their names, and within each the requests by age. What waits is rare, so it is
// read by its state and sorted. A search looks into each request once at most.
import { and, asc, desc, eq, type SQL, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/sqlite-core'
import type { AdminActor } from '~/domain/kernel/actor'
import type { DomainContext } from '~/domain/kernel/context'
import { NotFoundError } from '~/domain/kernel/errors'
import type { Id } from '~/domain/kernel/ids'
import { type Cursor, decodeCursor, type Page, type PageRequest, toPage } from '~/domain/kernel/page'
import { nameKey } from '~/domain/kernel/text'
import { named } from '~db/columns'
import { accessRequests, apps, catalogs, organizations, plans, users } from '~db/schema'
import { fullName, productNames, shownState } from './queries.server'
import type { RequestListFilter } from './request-list'

export type RequestList = RequestListFilter & { page: PageRequest }
export type RequestRow = Awaited<ReturnType<ReturnType<typeof requestRows>['execute']>>[number]

/** As many as a filter offers. */
const maxChoices = 200

const requesters = alias(users, 'requesters')

export async function listAccessRequests(
  ctx: DomainContext<AdminActor>,
  list: RequestList,
): Promise<Page<RequestRow>> {
  const [first, second] = readsOf(ctx, list)
  const results = second ? (await ctx.db.batch([first, second])).flat() : (await ctx.db.batch([first])).flat()
  return pageOf(list, results)
}

/** One page, and what its filters offer. */
export async function getAccessRequestList(ctx: DomainContext<AdminActor>, list: RequestList) {
  const [first, second] = readsOf(ctx, list)
  const [rows, catalogRows, planRows, chosen, ...more] = await ctx.db.batch([
    first,
    ctx.db
      .select({ id: catalogs.id, name: catalogs.name })
      .from(catalogs)
      .where(sql`${catalogs.deletedAt} is null or ${catalogs.id} = ${list.catalogId}`)
      .orderBy(catalogs.position, catalogs.name)
      .limit(maxChoices),
    ctx.db.select({ id: plans.id, name: plans.name }).from(plans).orderBy(plans.nameKey).limit(maxChoices),
    ctx.db
      .select({ id: organizations.id, name: organizations.name })
      .from(organizations)
      .where(sql`${organizations.id} = ${list.organizationId}`),
    ...(second ? [second] : []),
  ])
  return {
    ...pageOf(list, [...rows, ...more.flat()]),
    catalogs: catalogRows,
    plans: planRows,
    organization: chosen[0] ?? null,
  }
}

/** One of them, as the list shows it. Throws NotFoundError. */
export async function getAccessRequestRow(
  ctx: DomainContext<AdminActor>,
  requestId: Id<'req'>,
): Promise<RequestRow> {
  const [row] = await requestRows(ctx, 'requests', [eq(accessRequests.id, requestId)])
  if (!row) throw new NotFoundError(`access request ${requestId}`)
  return row
}

/** The ticked ones, for a page that asks once more. */
export async function listChosenRequests(ctx: DomainContext<AdminActor>, ids: readonly Id<'req'>[]) {
  return requestRows(ctx, 'requests', [
    sql`${accessRequests.id} in (select value from json_each(${JSON.stringify(ids)}))`,
  ]).orderBy(asc(accessRequests.createdAt), asc(accessRequests.id))
}

function pageOf(list: RequestList, rows: RequestRow[]): Page<RequestRow> {
  const isKnown = placeIn(list) !== null
  return toPage(rows, { ...list.page, cursor: isKnown ? list.page.cursor : null }, (row) =>
    cursorOf(list, row),
  )
}

/** An app or an organization may have many requests, so a place among them is told by the moment and the request as well. */
function cursorOf({ sort }: RequestList, row: RequestRow): Cursor {
  const moment = `${row.createdAt} ${row.id}`
  if (sort === 'created') return { key: row.createdAt, id: row.id }
  if (sort === 'plan') return { key: row.planName, id: moment }
  return sort === 'app'
    ? { key: row.appNameKey, id: `${row.appId} ${moment}` }
    : { key: row.organizationNameKey, id: `${row.organizationId} ${moment}` }
}

type Place = { key: string | number; group: string; createdAt: number; id: string }

/** Null on the first page, and for a cursor of another list. */
function placeIn({ sort, page }: RequestList): Place | null {
  const cursor = decodeCursor(page.cursor)
  if (!cursor) return null
  if (sort === 'created') {
    const createdAt = Number(cursor.key)
    return Number.isFinite(createdAt) ? { key: cursor.key, group: '', createdAt, id: cursor.id } : null
  }
  const parts = cursor.id.split(' ')
  const [id = '', createdAt = '', group = ''] = parts.reverse()
  return parts.length === (sort === 'plan' ? 2 : 3) && Number.isFinite(Number(createdAt))
    ? { key: cursor.key, group, createdAt: Number(createdAt), id }
    : null
}

/** One read, or two: the rest of the app or organization in which the page begins, and the ones after it. */
function readsOf(ctx: DomainContext<AdminActor>, list: RequestList) {
  const { sort, page } = list
  const downwards = list.descending === (page.direction === 'next')
  const place = placeIn(list)
  const size = page.size + 1
  const ordered = (...columns: SQL[]) => columns.map((column) => (downwards ? desc(column) : asc(column)))
  const beyond = (columns: SQL, values: SQL) =>
    downwards ? sql`(${columns}) < (${values})` : sql`(${columns}) > (${values})`
  const age = [sql`${accessRequests.createdAt}`, sql`${accessRequests.id}`]
  const ageAfter = (at: Place) =>
    beyond(sql`${accessRequests.createdAt}, ${accessRequests.id}`, sql`${at.createdAt}, ${at.id}`)

  if (sort === 'created' || sort === 'plan') {
    const columns = sort === 'plan' ? [sql`${accessRequests.planName}`, ...age] : age
    const after =
      place &&
      (sort === 'plan'
        ? beyond(
            sql`${accessRequests.planName}, ${accessRequests.createdAt}, ${accessRequests.id}`,
            sql`${place.key}, ${place.createdAt}, ${place.id}`,
          )
        : ageAfter(place))
    const where = [...narrowing(list), ...(after ? [after] : [])]
    // Sorted before anything is joined, unless a search has to look at the names.
    const sorts = sort === 'plan' && isRare(list) && !list.search
    const chosen = sql`${accessRequests.id} in (select ${accessRequests.id} from ${accessRequests}
      where ${and(...where)} order by ${sql.join(ordered(...columns), sql`, `)} limit ${size})`
    const rows = requestRows(ctx, 'requests', sorts ? [chosen] : where)
    return [rows.orderBy(...ordered(...columns)).limit(size)] as const
  }
  const group = sort === 'app' ? apps : organizations
  const groupColumns = [sql`${group.nameKey}`, sql`${group.id}`]
  const groupAfter = (at: Place) => beyond(sql`${group.nameKey}, ${group.id}`, sql`${at.key}, ${at.group}`)
  const byGroup = ordered(...groupColumns, ...age)
  const conditions = narrowing(list)
  /** Which ones, before anything is joined: SQLite joins what it sorts. A search has to look at the names. */
  const shown = (from: 'requests' | 'apps' | 'organizations', where: SQL[]) => {
    if (list.search)
      return requestRows(ctx, from, where)
        .orderBy(...byGroup)
        .limit(size)
    const chosen = sql`${accessRequests.id} in (select ${accessRequests.id} from ${sourceOf(from, group)}
      where ${and(sql`1`, ...where)} order by ${sql.join(byGroup, sql`, `)} limit ${size})`
    return requestRows(ctx, 'requests', [chosen])
      .orderBy(...byGroup)
      .limit(size)
  }
  if (isRare(list)) {
    const after = place
      ? [sql`(${groupAfter(place)} or (${group.id} = ${place.group} and ${ageAfter(place)}))`]
      : []
    return [shown('requests', [...conditions, ...after])] as const
  }
  // Of an organization with thousands of requests, no more are read than a page can show: SQLite would sort them all.
  const few = sql`${accessRequests.id} in (select ${accessRequests.id} from ${accessRequests}
    where ${and(sql`${accessRequests.organizationId} = ${organizations.id}`, ...conditions)}
    order by ${sql.join(ordered(...age), sql`, `)} limit ${size})`
  const own = sort === 'organization' && !list.search ? [few] : conditions
  const from = sort === 'app' ? 'apps' : 'organizations'
  if (!place) return [shown(from, own)] as const
  const within = requestRows(ctx, 'requests', [
    ...conditions,
    sort === 'app'
      ? eq(accessRequests.appId, place.group as Id<'app'>)
      : eq(accessRequests.organizationId, place.group as Id<'org'>),
    ageAfter(place),
  ])
  return [within.orderBy(...ordered(...age)).limit(size), shown(from, [...own, groupAfter(place)])] as const
}

/** The requests with what they are ordered by, walked from there. */
function sourceOf(
  from: 'requests' | 'apps' | 'organizations',
  group: typeof apps | typeof organizations,
): SQL {
  const key = group === apps ? accessRequests.appId : accessRequests.organizationId
  return from === 'requests'
    ? sql`${accessRequests} cross join ${group} on ${group.id} = ${key}`
    : sql`${group} cross join ${accessRequests} on ${group === apps ? sql`` : sql`+`}${key} = ${group.id}`
}

/** What is read by its own index and sorted: few rows, whatever the order. */
function isRare({ state, organizationId }: RequestList): boolean {
  return state === 'pending' || organizationId !== null
}

/** The most telling filter is read by its index; a unary plus keeps SQLite from using that of another one. */
function narrowing(list: RequestList): SQL[] {
  const { state, organizationId, catalogId, planId, search, sort } = list
  const conditions: SQL[] = []
  let read = sort !== 'created' && !isRare(list)
  const by = (condition: (plus: SQL) => SQL, telling = true) => {
    const uses = telling && !read
    conditions.push(condition(uses ? sql`` : sql`+`))
    read ||= uses
  }
  if (state === 'pending') by((plus) => sql`${plus}${accessRequests.state} = 'pending'`)
  if (organizationId) by((plus) => sql`${plus}${accessRequests.organizationId} = ${organizationId}`)
  if (planId) by((plus) => sql`${plus}${accessRequests.planId} = ${planId}`)
  if (catalogId) by((plus) => sql`${plus}${accessRequests.catalogId} = ${catalogId}`)
  if (state && state !== 'pending') {
    const stored = state === 'retired' ? 'revoked' : state
    by((plus) => sql`${plus}${accessRequests.state} = ${stored}`)
    if (stored === 'revoked')
      conditions.push(
        state === 'retired'
          ? sql`${accessRequests.replacedById} is not null`
          : sql`${accessRequests.replacedById} is null`,
      )
  }
  if (search) conditions.push(matches(search))
  return conditions
}

/** `from` is what is walked; the others are found by their ids. */
function requestRows(
  ctx: DomainContext<AdminActor>,
  from: 'requests' | 'apps' | 'organizations',
  conditions: SQL[],
) {
  const source =
    from === 'requests'
      ? sql`${accessRequests} cross join ${apps} on ${apps.id} = ${accessRequests.appId}
          cross join ${organizations} on ${organizations.id} = ${accessRequests.organizationId}`
      : from === 'apps'
        ? sql`${apps} cross join ${accessRequests} on ${accessRequests.appId} = ${apps.id}
            cross join ${organizations} on ${organizations.id} = ${accessRequests.organizationId}`
        : sql`${organizations} cross join ${accessRequests} on +${accessRequests.organizationId} = ${organizations.id}
            cross join ${apps} on ${apps.id} = ${accessRequests.appId}`
  return ctx.db
    .select({
      id: named(accessRequests.id, 'request_id'),
      state: shownState,
      planId: named(accessRequests.planId, 'request_plan_id'),
      planName: named(accessRequests.planName, 'request_plan_name'),
      credentialType: named(accessRequests.credentialType, 'request_credential_type'),
      note: named(accessRequests.note, 'request_note'),
      rejectionReason: named(accessRequests.rejectionReason, 'request_rejection_reason'),
      decidedAt: named(accessRequests.decidedAt, 'request_decided_at'),
      replacesId: named(accessRequests.replacesId, 'request_replaces_id'),
      planBefore: sql<
        string | null
      >`(select b.plan_name from access_requests b where b.id = ${accessRequests.replacesId})`.as(
        'plan_before',
      ),
      createdAt: named(accessRequests.createdAt, 'request_created_at'),
      appId: named(apps.id, 'app_id'),
      appName: named(apps.name, 'app_name'),
      appNameKey: named(apps.nameKey, 'app_name_key'),
      organizationId: named(organizations.id, 'organization_id'),
      organizationName: named(organizations.name, 'organization_name'),
      organizationNameKey: named(organizations.nameKey, 'organization_name_key'),
      catalogId: named(catalogs.id, 'catalog_id'),
      catalogName: named(catalogs.name, 'catalog_name'),
      requesterId: named(accessRequests.requesterId, 'request_requester_id'),
      requesterName: fullName(requesters, 'requester_name'),
      products: productNames,
    })
    .from(source)
    .innerJoin(catalogs, eq(catalogs.id, accessRequests.catalogId))
    .leftJoin(requesters, eq(requesters.id, accessRequests.requesterId))
    .where(and(...conditions))
    .$dynamic()
}

/** LIKE fails on long patterns in D1, so the text is looked for as it is. */
function matches(search: string): SQL {
  const needle = nameKey(search)
  return sql`(instr(${apps.nameKey}, ${needle}) > 0 or instr(${organizations.nameKey}, ${needle}) > 0
    or instr(${requesters.nameKey}, ${needle}) > 0 or instr(${requesters.emailKey}, ${needle}) > 0
    or exists (select 1 from access_request_products a join products p on p.id = a.product_id
      where a.request_id = ${accessRequests.id} and instr(lower(p.name), ${needle}) > 0))`
}
