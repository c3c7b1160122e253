// The API reference, one page at a time: however many operations a document has, a page reads and sends a bounded part.
// Operations stand tag by tag at consecutive positions, so that every part is a range of an index.
import { and, asc, eq, type SQL, sql } from 'drizzle-orm'
import type { DomainContext } from '~/domain/kernel/context'
import { NotFoundError } from '~/domain/kernel/errors'
import { named } from '~db/columns'
import { apiDocuments, apiOperationGroups, apiOperations, apis, products } from '~db/schema'
import type { OperationDetail, SecurityScheme } from './operation'
import { headOf, headStatements, type ProductHead, seen } from './product-head.server'
import { type ServedElsewhere, servedColumn } from './queries-served.server'
import type { ReferenceView } from './reference-view'
import { foundOperations } from './search.server'

/** How many rows the menu beside a page and a list on it have at most. */
const menuOperations = 12
const menuGroups = 12
const listedOperations = 24
const listedGroups = 15

export type OperationLink = {
  slug: string
  method: string
  path: string
  tag: string
  summary: string
  deprecated: boolean
  position: number
}

export type GroupLink = { slug: string; tag: string; position: number; operationCount: number }

export type ReferenceMenu = {
  groups: GroupLink[]
  groupCount: number
  /** Of the group that is open; of all groups when the document is small. */
  operations: OperationLink[]
}

export type ReferenceApi = {
  slug: string
  name: string
  version: string
  callable: boolean
  served: ServedElsewhere | null
  acceptsApiKey: boolean
  acceptsOauth: boolean
  operationCount: number
  servers: { url: string; description: string }[]
  securitySchemes: SecurityScheme[]
}

type Reference = { product: ProductHead; api: ReferenceApi; menu: ReferenceMenu }

export type ReferencePage = Reference & {
  descriptionHtml: string
  /** The group that is listed; null on the first page and while searching. */
  group: (GroupLink & { descriptionHtml: string }) | null
  /** Of the group, or what is found. */
  operations: OperationLink[]
  /** On the first page. */
  groups: GroupLink[]
  /** Where the list before and after this page begins, or null. */
  previous: number | null
  next: number | null
}

export type OperationPage = Reference & {
  operation: OperationLink & { detail: OperationDetail }
  previous: OperationLink | null
  next: OperationLink | null
}

/** The API and its current document, when the actor sees it. */
function visibleApi(column: SQL, { actor }: DomainContext, slug: string, apiSlug: string): SQL {
  return sql`(select ${column} from ${apis} inner join ${products} on ${products.id} = ${apis.productId}
    where ${apis.slug} = ${apiSlug} and ${seen(actor, slug)})`
}

const linkColumns = {
  slug: apiOperations.slug,
  method: apiOperations.method,
  path: apiOperations.path,
  tag: apiOperations.tag,
  summary: apiOperations.summary,
  deprecated: apiOperations.deprecated,
  position: apiOperations.position,
}

const groupColumns = {
  slug: apiOperationGroups.slug,
  tag: apiOperationGroups.tag,
  position: apiOperationGroups.position,
  operationCount: apiOperationGroups.operationCount,
}

/**
 * The document with where its menu begins, around `position`: an expression in `visible.document_id`. One table
 * expression, because D1 binds at most 100 values a statement and who may see the API is asked by several.
 */
function placeIn(ctx: DomainContext, slug: string, apiSlug: string, position: SQL): SQL {
  const document = visibleApi(sql`${apis.documentId} as document_id`, ctx, slug, apiSlug)
  const located = sql`(select visible.document_id, ${position} as position from ${document} as visible)`
  const measured = sql`(select located.document_id, located.position, d.operation_count, g.position as group_position,
      g.first_position as first, g.operation_count as size,
      (select coalesce(max(x.position), -1) + 1 from api_operation_groups x where x.document_id = located.document_id) as group_count
    from ${located} as located
    inner join api_documents d on d.id = located.document_id
    inner join api_operation_groups g on g.document_id = located.document_id and g.position =
      (select max(x.position) from api_operation_groups x
        where x.document_id = located.document_id and x.first_position <= located.position))`
  // The window holds the place itself and is moved inward at both ends of the group.
  return sql`(select document_id, group_count,
      max(0, min(group_position - ${menuGroups / 2}, group_count - ${menuGroups})) as first_group,
      iif(operation_count <= ${menuOperations}, 0,
        max(first, min(position - ${menuOperations / 2}, first + size - ${menuOperations}))) as menu_start
    from ${measured}) as place`
}

/** The API, and the menu around `position`. */
function referenceStatements(ctx: DomainContext, slug: string, apiSlug: string, position: SQL) {
  const { db } = ctx
  const place = placeIn(ctx, slug, apiSlug, position)
  return [
    ...headStatements(ctx, slug),
    db
      .select({
        slug: named(apis.slug, 'api_slug'),
        name: named(apis.name, 'api_name'),
        version: named(apis.version, 'api_version'),
        callable: sql<boolean>`${apis.upstreamUrl} is not null`.mapWith(Boolean).as('callable'),
        served: servedColumn(),
        acceptsApiKey: apis.acceptsApiKey,
        acceptsOauth: apis.acceptsOauth,
        operationCount: apiDocuments.operationCount,
        servers: jsonOf<ReferenceApi['servers']>('$.servers', 'servers'),
        securitySchemes: jsonOf<SecurityScheme[]>('$.securitySchemes', 'security_schemes'),
        groupCount: sql<number>`place.group_count`.as('group_count'),
        menuStart: sql<number>`place.menu_start`.as('menu_start'),
      })
      .from(apiDocuments)
      .innerJoin(place, sql`place.document_id = ${apiDocuments.id}`)
      .innerJoin(apis, eq(apis.id, apiDocuments.apiId))
      .limit(1),
    db
      .select(groupColumns)
      .from(apiOperationGroups)
      .innerJoin(
        place,
        sql`place.document_id = ${apiOperationGroups.documentId} and ${apiOperationGroups.position} >= place.first_group`,
      )
      .orderBy(asc(apiOperationGroups.position))
      .limit(menuGroups),
    // One more on both sides: the operations before and after the one that is read.
    db
      .select(linkColumns)
      .from(apiOperations)
      .innerJoin(
        place,
        sql`place.document_id = ${apiOperations.documentId}
          and ${apiOperations.position} between place.menu_start - 1 and place.menu_start + ${menuOperations}`,
      )
      .orderBy(asc(apiOperations.position)),
  ] as const
}

function jsonOf<T>(path: string, name: string) {
  return sql<T>`json_extract(${apiDocuments.overview}, ${path})`
    .mapWith((text: string | null) => JSON.parse(text ?? '[]') as T)
    .as(name)
}

type ApiRow = ReferenceApi & { groupCount: number; menuStart: number }

function apiOf([row]: ApiRow[]): ReferenceApi {
  if (!row) throw new NotFoundError('api')
  const { groupCount: _groupCount, menuStart: _menuStart, ...api } = row
  return api
}

function menuOf([row]: ApiRow[], groups: GroupLink[], operations: OperationLink[], tag: string | undefined) {
  const { operationCount = 0, menuStart = 0, groupCount = 0 } = row ?? {}
  const end = menuStart + menuOperations
  const shown = operations.filter(
    (one) =>
      one.position >= menuStart &&
      one.position < end &&
      (operationCount <= menuOperations || one.tag === tag),
  )
  return { groups, groupCount, operations: shown }
}

/** The introduction with the list of groups, the operations of one group, or those that a search finds. */
export async function getApiReference(
  ctx: DomainContext,
  slug: string,
  apiSlug: string,
  { group, search, from }: ReferenceView,
): Promise<ReferencePage> {
  const { db } = ctx
  const document = visibleApi(sql`${apis.documentId}`, ctx, slug, apiSlug)
  const firstOf = sql`(select ${apiOperationGroups.firstPosition} from ${apiOperationGroups}
    where ${apiOperationGroups.documentId} = ${document} and ${apiOperationGroups.slug} = ${group})`
  const start = sql`coalesce((select g.first_position from api_operation_groups g
    where g.document_id = visible.document_id and g.slug = ${group}), 0)`
  const isFirst = group === null && !search
  const [rows, apiRows, guideRows, api, groups, menu, descriptions, opened, listedGroupRows, listed] =
    await db.batch([
      ...referenceStatements(ctx, slug, apiSlug, start),
      db
        .select({ html: apiDocuments.descriptionHtml })
        .from(apiDocuments)
        .where(and(eq(apiDocuments.id, document), isFirst ? undefined : sql`0`)),
      db
        .select({
          ...groupColumns,
          descriptionHtml: apiOperationGroups.descriptionHtml,
        })
        .from(apiOperationGroups)
        .where(and(eq(apiOperationGroups.documentId, document), eq(apiOperationGroups.slug, group ?? ''))),
      db
        .select(groupColumns)
        .from(apiOperationGroups)
        .where(
          isFirst
            ? and(eq(apiOperationGroups.documentId, document), sql`${apiOperationGroups.position} >= ${from}`)
            : sql`0`,
        )
        .orderBy(asc(apiOperationGroups.position))
        .limit(listedGroups + 1),
      db
        .select(linkColumns)
        .from(apiOperations)
        .where(
          search
            ? and(
                eq(apiOperations.documentId, document),
                foundOperations(visibleApi(sql`${apis.id}`, ctx, slug, apiSlug), search),
              )
            : and(
                eq(apiOperations.documentId, document),
                sql`${apiOperations.position} >= ${firstOf} + ${from}`,
                sql`${apiOperations.tag} = (select ${apiOperationGroups.tag} from ${apiOperationGroups}
                where ${apiOperationGroups.documentId} = ${document} and ${apiOperationGroups.slug} = ${group})`,
              ),
        )
        .orderBy(asc(apiOperations.position))
        .limit(listedOperations + 1),
    ])
  const product = headOf(rows, apiRows, guideRows)
  const found = apiOf(api)
  if (group !== null && !search && !opened[0]) throw new NotFoundError('group')
  const open = search ? null : (opened[0] ?? null)
  const size = isFirst ? listedGroups : listedOperations
  const goesOn = (isFirst ? listedGroupRows.length : listed.length) > size && !search
  return {
    product,
    api: found,
    menu: menuOf(api, groups, menu, open?.tag ?? groups[0]?.tag),
    descriptionHtml: descriptions[0]?.html ?? '',
    group: open,
    operations: listed.slice(0, listedOperations),
    groups: listedGroupRows.slice(0, listedGroups),
    previous: from > 0 && !search ? Math.max(0, from - size) : null,
    next: goesOn ? from + size : null,
  }
}

export async function getOperationPage(
  ctx: DomainContext,
  slug: string,
  apiSlug: string,
  operationSlug: string,
): Promise<OperationPage> {
  const { db } = ctx
  const document = visibleApi(sql`${apis.documentId}`, ctx, slug, apiSlug)
  const position = sql`(select o.position from api_operations o
    where o.document_id = visible.document_id and o.slug = ${operationSlug})`
  const [rows, apiRows, guideRows, api, groups, menu, operations] = await db.batch([
    ...referenceStatements(ctx, slug, apiSlug, position),
    db
      .select({ ...linkColumns, detail: apiOperations.detail })
      .from(apiOperations)
      .where(and(eq(apiOperations.documentId, document), eq(apiOperations.slug, operationSlug))),
  ])
  const product = headOf(rows, apiRows, guideRows)
  const [operation] = operations
  if (!operation) throw new NotFoundError('operation')
  const at = menu.findIndex((one) => one.position === operation.position)
  return {
    product,
    api: apiOf(api),
    menu: menuOf(api, groups, menu, operation.tag),
    operation: { ...operation, detail: operation.detail as OperationDetail },
    previous: menu[at - 1] ?? null,
    next: menu[at + 1] ?? null,
  }
}
