// The API reference, one page at a time: however many operations a document has, a page reads and sends a bounded part.
// Operations stand tag by tag at consecutive positions, so that every part is a range of an index.
import { and, asc, between, eq, type SQL, sql } from 'drizzle-orm'
import type { DomainContext } from '~/domain/kernel/context'
import { NotFoundError } from '~/domain/kernel/errors'
import { named } from '~db/columns'
import { apiDocuments, apiOperationGroups, apiOperations, apis, products } from '~db/schema'
import type { OperationDetail, SecurityScheme } from './operation'
import { headOf, headStatements, type ProductHead, seen } from './product-head.server'
import type { ReferenceView } from './reference-view'
import { foundOperations } from './search.server'

/** How many rows the menu beside a page and a list on it have at most. */
const menuOperations = 16
const menuGroups = 16
const listedOperations = 30
const listedGroups = 20

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

/** The API, and the menu around `position` (an operation's place in the document). */
function referenceStatements(ctx: DomainContext, slug: string, apiSlug: string, position: SQL) {
  const { db } = ctx
  const document = visibleApi(sql`${apis.documentId}`, ctx, slug, apiSlug)
  const group = (column: SQL) =>
    sql`(select ${column} from ${apiOperationGroups} where ${apiOperationGroups.documentId} = ${document}
      and ${apiOperationGroups.firstPosition} <= ${position} order by ${apiOperationGroups.position} desc limit 1)`
  // The window holds the place itself and is moved inward at both ends of the group.
  const first = group(sql`max(${apiOperationGroups.firstPosition}, min(${position} - ${menuOperations / 2},
    ${apiOperationGroups.firstPosition} + ${apiOperationGroups.operationCount} - ${menuOperations}))`)
  const start = sql`(select case when ${apiDocuments.operationCount} <= ${menuOperations} then 0 else ${first} end
    from ${apiDocuments} where ${apiDocuments.id} = ${document})`
  const groupCount = sql<number>`(select coalesce(max(${apiOperationGroups.position}), -1) + 1 from ${apiOperationGroups}
    where ${apiOperationGroups.documentId} = ${document})`
  const firstGroup = sql`max(0, min(${group(sql`${apiOperationGroups.position}`)} - ${menuGroups / 2}, ${groupCount} - ${menuGroups}))`
  return [
    ...headStatements(ctx, slug),
    db
      .select({
        slug: named(apis.slug, 'api_slug'),
        name: named(apis.name, 'api_name'),
        version: named(apis.version, 'api_version'),
        callable: sql<boolean>`${apis.upstreamUrl} is not null`.mapWith(Boolean).as('callable'),
        operationCount: apiDocuments.operationCount,
        servers: jsonOf<ReferenceApi['servers']>('$.servers', 'servers'),
        securitySchemes: jsonOf<SecurityScheme[]>('$.securitySchemes', 'security_schemes'),
        groupCount: groupCount.as('group_count'),
        menuStart: sql<number>`${start}`.as('menu_start'),
      })
      .from(apis)
      .innerJoin(apiDocuments, eq(apiDocuments.id, apis.documentId))
      .where(eq(apiDocuments.id, document))
      .limit(1),
    db
      .select(groupColumns)
      .from(apiOperationGroups)
      .where(
        and(
          eq(apiOperationGroups.documentId, document),
          sql`${apiOperationGroups.position} >= ${firstGroup}`,
        ),
      )
      .orderBy(asc(apiOperationGroups.position))
      .limit(menuGroups),
    // One more on both sides: the operations before and after the one that is read.
    db
      .select(linkColumns)
      .from(apiOperations)
      .where(
        and(
          eq(apiOperations.documentId, document),
          between(apiOperations.position, sql`${start} - 1`, sql`${start} + ${menuOperations}`),
        ),
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
  const start = sql`coalesce(${firstOf}, 0)`
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
  const position = sql`(select ${apiOperations.position} from ${apiOperations}
    where ${apiOperations.documentId} = ${document} and ${apiOperations.slug} = ${operationSlug})`
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
