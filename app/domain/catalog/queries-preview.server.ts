// The page of a product as somebody else would see it: a visitor, or a developer of an organization and perhaps a team of it.
// It only reads, and shows what that viewer may see and no more; a draft is shown as if it were published, and says so.
import { and, asc, eq, isNull, sql } from 'drizzle-orm'
import type { AdminActor, DeveloperActor, VisitorActor } from '~/domain/kernel/actor'
import type { DomainContext } from '~/domain/kernel/context'
import { NotFoundError } from '~/domain/kernel/errors'
import type { Id, OrganizationId, TeamId } from '~/domain/kernel/ids'
import { nameKey } from '~/domain/kernel/text'
import { apis, catalogProducts, guides, organizations, products, teams } from '~db/schema'
import { offersOf, offersStatement } from './offers.server'
import { hasLogo, tagList } from './product-columns.server'
import { visibleCatalogs } from './visibility.server'

export type PreviewViewer = { organizationId: OrganizationId; teamId: TeamId | null } | null

/** An actor that exists nowhere: it is handed to the visibility rules and to nothing else. */
function actorOf(viewer: PreviewViewer): VisitorActor | DeveloperActor {
  if (!viewer) return { type: 'visitor' }
  return {
    type: 'developer',
    userId: 'usr_preview',
    name: 'Preview',
    email: '',
    organizationId: viewer.organizationId,
    orgRole: 'team_member',
    teamIds: viewer.teamId ? [viewer.teamId] : [],
    inDefaultOrganization: false,
    sessionId: 'ses_preview',
    provenAt: 0,
  }
}

const maxChoices = 50

/** Throws NotFoundError when there is no such product. `search` narrows the organizations to choose from. */
export async function getProductPreview(
  ctx: DomainContext<AdminActor>,
  productId: Id<'prd'>,
  viewer: PreviewViewer,
  search: string,
) {
  const { db } = ctx
  const visible = visibleCatalogs(actorOf(viewer))
  const needle = nameKey(search)
  const chosen = viewer?.organizationId ?? null
  const [rows, offers, apiRows, guideRows, organizationRows, teamRows] = await db.batch([
    db
      .select({
        id: products.id,
        name: products.name,
        slug: products.slug,
        summary: products.summary,
        state: products.state,
        descriptionHtml: products.descriptionHtml,
        hasLogo,
        tags: tagList,
      })
      .from(products)
      .where(and(eq(products.id, productId), isNull(products.deletedAt))),
    offersStatement(db, and(eq(catalogProducts.productId, productId), visible)),
    db
      .select({
        slug: apis.slug,
        name: apis.name,
        version: apis.version,
        documented: sql<boolean>`${apis.documentId} is not null`.mapWith(Boolean).as('documented'),
        callable: sql<boolean>`${apis.upstreamUrl} is not null`.mapWith(Boolean).as('callable'),
      })
      .from(apis)
      .where(eq(apis.productId, productId))
      .orderBy(asc(apis.position), asc(apis.name)),
    db
      .select({ slug: guides.slug, title: guides.title })
      .from(guides)
      .where(and(eq(guides.productId, productId), eq(guides.state, 'published')))
      .orderBy(asc(guides.position), asc(guides.title)),
    db
      .select({ id: organizations.id, name: organizations.name })
      .from(organizations)
      .where(
        sql`${organizations.state} in ('active', 'suspended')
          and (${organizations.id} = ${chosen} or instr(${organizations.nameKey}, ${needle}) > 0)`,
      )
      .orderBy(sql`${organizations.id} = ${chosen} desc`, organizations.nameKey)
      .limit(maxChoices + 1),
    db
      .select({ id: teams.id, name: teams.name })
      .from(teams)
      .where(sql`${teams.organizationId} = ${chosen}`)
      .orderBy(teams.nameKey)
      .limit(200),
  ])
  const product = rows[0]
  if (!product) throw new NotFoundError(`product ${productId}`)
  const catalogs = offersOf(offers)
  const callable = apiRows.some((api) => api.callable)
  return {
    product,
    /** Null when this viewer sees the product nowhere: its address answers 404. */
    page:
      catalogs.length === 0
        ? null
        : { apis: apiRows, guides: guideRows, catalogs: callable ? catalogs : [], callable },
    organizations: organizationRows.slice(0, maxChoices),
    more: organizationRows.length > maxChoices,
    teams: teamRows,
  }
}
