// Ready people and things for a test, inserted as rows. Names are unique, so tests in one file do not meet.
import { eq } from 'drizzle-orm'
import type { AdminActor, DeveloperActor, SuperAdminActor } from '~/domain/kernel/actor'
import { type Id, newId, type OrganizationId, type TeamId } from '~/domain/kernel/ids'
import { emailKey, nameKey } from '~/domain/kernel/text'
import { randomToken, sha256Hex } from '~/platform/encoding'
import {
  apis,
  apps,
  catalogAudiences,
  catalogPlans,
  catalogProducts,
  catalogs,
  organizations,
  plans,
  products,
  sessions,
  settings,
  teamMembers,
  teams,
  users,
} from '~db/schema'
import { db } from './context'

export const password = 'demo-portico-2026'
/** The hash of `password`: making one takes a tenth of a second, a test needs many users. */
export const passwordHash =
  '$scrypt$ln=15,r=8,p=3$BwcHBwcHBwcHBwcHBwcHBw$zv6u2oluD8jJ9Hcg//skkicom7wPGwnV7yUVGUGLryc'

let counter = 0
function unique(word: string): string {
  counter += 1
  return `${word} ${counter} ${crypto.randomUUID().slice(0, 8)}`
}

const now = () => Date.now()

export async function setSettings(changes: Partial<typeof settings.$inferInsert>): Promise<void> {
  await db.update(settings).set(changes).where(eq(settings.id, 1))
}

export async function organization(changes: Partial<typeof organizations.$inferInsert> = {}) {
  const name = changes.name ?? unique('Organization')
  const id = newId('org', now())
  const allUsersId = newId('team', now())
  await db.batch([
    db
      .insert(organizations)
      .values({ id, name, nameKey: nameKey(name), state: 'active', createdAt: now(), ...changes }),
    db.insert(teams).values({
      id: allUsersId,
      organizationId: id,
      name: `${name} All users`,
      nameKey: nameKey(`${name} All users`),
      isDefault: true,
      createdAt: now(),
    }),
  ])
  return { id, name, allUsersId }
}

export async function team(organizationId: OrganizationId, name = unique('Team')) {
  const id = newId('team', now())
  await db.insert(teams).values({ id, organizationId, name, nameKey: nameKey(name), createdAt: now() })
  return { id, name }
}

async function insertUser(row: Partial<typeof users.$inferInsert>) {
  const id = newId('usr', now())
  const email = row.email ?? `person-${crypto.randomUUID().slice(0, 12)}@people.example`
  const values = {
    id,
    email,
    emailKey: emailKey(email),
    firstName: 'Robin',
    lastName: unique('Doe'),
    role: 'developer' as const,
    state: 'active' as const,
    passwordHash,
    createdAt: now(),
    ...row,
  }
  await db.insert(users).values(values)
  return { ...values, id, name: `${values.firstName} ${values.lastName}`, sessionId: 'ses_none' as Id<'ses'> }
}

export async function admin(row: Partial<typeof users.$inferInsert> = {}): Promise<AdminActor> {
  const user = await insertUser({ ...row, role: 'admin' })
  return { type: 'admin', userId: user.id, name: user.name, email: user.email, sessionId: user.sessionId }
}

type DeveloperOptions = {
  organizationId?: OrganizationId
  teamIds?: TeamId[]
  row?: Partial<typeof users.$inferInsert>
}

/** A Team member; of the default organization unless another is named. */
export async function developer(options: DeveloperOptions = {}): Promise<DeveloperActor> {
  const organizationId = options.organizationId ?? 'org_default'
  const user = await insertUser({ organizationId, orgRole: 'team_member', ...options.row })
  const defaultTeam = await db
    .select({ id: teams.id, isDefault: teams.isDefault })
    .from(teams)
    .where(eq(teams.organizationId, organizationId))
  const teamIds = [
    ...defaultTeam.filter((row) => row.isDefault).map((row) => row.id),
    ...(options.teamIds ?? []),
  ]
  for (const teamId of teamIds) {
    await db.insert(teamMembers).values({ teamId, userId: user.id, organizationId, createdAt: now() })
  }
  return {
    type: 'developer',
    userId: user.id,
    name: user.name,
    email: user.email,
    organizationId,
    orgRole: user.orgRole === 'super_admin' ? 'super_admin' : 'team_member',
    teamIds,
    inDefaultOrganization: organizationId === 'org_default',
    sessionId: user.sessionId,
    provenAt: now(),
  }
}

/** A Super admin; of a new organization unless one is named. */
export async function superAdmin(options: DeveloperOptions = {}): Promise<SuperAdminActor> {
  const organizationId = options.organizationId ?? (await organization()).id
  const actor = await developer({
    ...options,
    organizationId,
    row: { ...options.row, orgRole: 'super_admin' },
  })
  return { ...actor, orgRole: 'super_admin' }
}

export async function catalog(
  visibility: 'public' | 'private' | 'custom' = 'public',
  audience: { organizationId?: OrganizationId; teamId?: TeamId } = {},
) {
  const id = newId('cat', now())
  const name = unique('Catalog')
  await db.insert(catalogs).values({
    id,
    name,
    nameKey: nameKey(name),
    slug: `catalog-${id.slice(4).toLowerCase()}`,
    visibility,
    createdAt: now(),
  })
  if (audience.organizationId || audience.teamId) {
    await db.insert(catalogAudiences).values({
      id: newId('aud', now()),
      catalogId: id,
      organizationId: audience.organizationId ?? null,
      teamId: audience.teamId ?? null,
    })
  }
  return { id, name }
}

export async function plan(catalogIds: Id<'cat'>[], changes: Partial<typeof plans.$inferInsert> = {}) {
  const id = newId('pln', now())
  const name = changes.name ?? unique('Plan')
  await db.insert(plans).values({
    id,
    name,
    nameKey: nameKey(name),
    description: 'For tests',
    approval: 'manual',
    createdAt: now(),
    ...changes,
  })
  for (const catalogId of catalogIds) await db.insert(catalogPlans).values({ catalogId, planId: id })
  return { id, name }
}

/** A published product with one API at `https://upstream.test`, which the tests' outbound service answers. */
export async function product(catalogIds: Id<'cat'>[], changes: Partial<typeof products.$inferInsert> = {}) {
  const id = newId('prd', now())
  const slug = changes.slug ?? `product-${id.slice(4).toLowerCase()}`
  const name = changes.name ?? unique('Product')
  const apiId = newId('api', now())
  await db.batch([
    db.insert(products).values({
      id,
      name,
      slug,
      summary: 'A product for tests',
      descriptionMarkdown: 'A **product** for tests',
      descriptionHtml: '<p>A <strong>product</strong> for tests</p>',
      state: 'published',
      publishedAt: now(),
      createdAt: now(),
      ...changes,
    }),
    db.insert(apis).values({
      id: apiId,
      productId: id,
      slug: 'main',
      name: 'Main API',
      version: '1.0.0',
      upstreamUrl: 'https://upstream.test/v1',
      createdAt: now(),
    }),
  ])
  for (const catalogId of catalogIds) await db.insert(catalogProducts).values({ catalogId, productId: id })
  return { id, slug, name, apiId, apiSlug: 'main' }
}

export async function app(owner: DeveloperActor, changes: Partial<typeof apps.$inferInsert> = {}) {
  const id = newId('app', now())
  const name = changes.name ?? unique('App')
  await db.insert(apps).values({
    id,
    organizationId: owner.organizationId,
    ownerId: owner.userId,
    name,
    nameKey: nameKey(name),
    visibility: owner.inDefaultOrganization ? 'personal' : 'organization',
    redirectUrls: [],
    createdAt: now(),
    ...changes,
  })
  return { id, name }
}

/** Signs a user in without the form: the value of the session cookie. */
export async function session(
  userId: Id<'usr'>,
  changes: Partial<typeof sessions.$inferInsert> = {},
): Promise<string> {
  const token = randomToken()
  await db.insert(sessions).values({
    tokenHash: await sha256Hex(token),
    id: newId('ses', now()),
    userId,
    createdAt: now(),
    lastSeenAt: now(),
    idleSeconds: 3600,
    expiresAt: now() + 86_400_000,
    authenticatedAt: now(),
    ...changes,
  })
  return token
}
