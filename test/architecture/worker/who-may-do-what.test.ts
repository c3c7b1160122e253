// The table of who may do what, line by line, as people would try it: by page and by form
// post, with the ids of another organization in addresses, bodies and hidden fields. What is refused changes nothing.
import { eq } from 'drizzle-orm'
import { beforeAll, expect, test, vi } from 'vitest'
import type { UserActor } from '~/domain/kernel/actor'
import { paths } from '~/platform/paths'
import * as schema from '~db/schema'
import { db } from '~test/support/context'
import { Portal, signedIn } from '~test/support/portal'
import { granted, offer, requested } from '~test/support/requests'
import * as world from '~test/support/world'

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 })

/** In the order of the columns. `stranger` is a super admin of another organization: the lock of the tenant. */
const columns = ['visitor', 'member', 'superAdmin', 'stranger', 'admin'] as const
type Column = (typeof columns)[number]

type Scene = Awaited<ReturnType<typeof createScene>>

/** What happened: `page` shows something or not; `post` changed something or not. */
type Attempt = (portal: Portal, scene: Scene, column: Column) => Promise<boolean>

async function createScene() {
  const organization = await world.organization()
  const team = await world.team(organization.id)
  const otherTeam = await world.team(organization.id)
  const member = await world.developer({ organizationId: organization.id, teamIds: [team.id] })
  const colleague = await world.developer({ organizationId: organization.id })
  const superAdmin = await world.superAdmin({ organizationId: organization.id })
  const stranger = await world.superAdmin()
  const foreignTeam = await world.team(stranger.organizationId)
  const admin = await world.admin()
  const open = await offer('public')
  const key = async (appId: `app_${string}`) => {
    const [row] = await db.select().from(schema.credentials).where(eq(schema.credentials.appId, appId))
    if (!row) throw new Error('no key')
    return row.id
  }
  const app = async (changes: Parameters<typeof world.app>[1]) => {
    const { id } = await world.app(colleague, changes)
    await granted(colleague, { app: id })
    return { id, key: await key(id) }
  }
  return {
    organization,
    team,
    foreignTeam,
    people: { member, superAdmin, stranger, admin },
    colleague,
    strangersApp: await world.app(stranger),
    open,
    privateCatalog: await offer('private'),
    ofTheOrganization: await offer('custom', { organizationId: organization.id }),
    ofTheTeam: await offer('custom', { teamId: team.id }),
    shared: await app({ visibility: 'organization' }),
    ofTeam: await app({ visibility: 'team', teamId: team.id }),
    ofOtherTeam: await app({ visibility: 'team', teamId: otherTeam.id }),
    personal: await app({ visibility: 'personal' }),
    waiting: await requested(colleague),
  }
}

const shows =
  (path: (scene: Scene) => string, words?: (scene: Scene) => string): Attempt =>
  async (portal, scene) => {
    const response = await portal.request(path(scene))
    const html = await response.text()
    return response.status === 200 && (words === undefined || html.includes(words(scene)))
  }

const posts =
  (
    path: (scene: Scene) => string,
    fields: (scene: Scene) => Record<string, string | string[]> = () => ({}),
  ): Attempt =>
  async (portal, scene) => {
    const before = await everything()
    const response = await portal.post(path(scene), fields(scene))
    await response.body?.cancel()
    return (await everything()) !== before
  }

/** Every row that somebody could be changed by; sessions and events follow from what is tried. */
async function everything(): Promise<string> {
  const {
    organizations,
    teams,
    teamMembers,
    users,
    apps,
    credentials,
    accessRequests,
    cartItems,
    invitations,
  } = schema
  const tables = [
    organizations,
    teams,
    teamMembers,
    users,
    apps,
    credentials,
    accessRequests,
    cartItems,
    invitations,
    schema.catalogs,
    schema.settings,
    schema.inviteCodes,
  ]
  return JSON.stringify(await Promise.all(tables.map((table) => db.select().from(table))))
}

/** A new thing for each who tries, so that one attempt does not use up what the next needs. */
const fresh = () => `${crypto.randomUUID().slice(0, 8)}`
const person = () => ({ firstName: 'Nia', lastName: 'New', email: `nia-${fresh()}@new.example` })

const cartItem = (of: Scene['open']) => ({ catalogId: of.catalog.id, productId: of.product.id })

async function request(portal: Portal, of: Scene['open'], app: Record<string, string>): Promise<boolean> {
  await portal.post(paths.cartAdd, cartItem(of))
  return posts(
    () => paths.cart,
    () => ({
      submissionId: crypto.randomUUID(),
      catalogId: of.catalog.id,
      productIds: of.product.id,
      planId: of.manual.id,
      credentialType: 'api_key',
      note: '',
      ...app,
    }),
  )(portal, {} as Scene, 'member')
}

const editOf = (scene: Scene) => ({
  firstName: 'Robin',
  lastName: `Renamed ${fresh()}`,
  orgRole: 'team_member',
  teamIds: scene.team.id,
})

/**
 * One letter a column, in their order: y for yes, - for no. Where a line names another organization's ids, it is the
 * super admin of that line's last column who tries.
 */
const table: [line: string, letters: string, attempt: Attempt][] = [
  // see public catalogs: everybody
  ['see a public catalog', 'yyyyy', shows((s) => paths.product(s.open.product.slug))],
  // see private / custom catalogs: whoever is signed in / whose team or organization is in the audience
  ['see a private catalog', '-yyyy', shows((s) => paths.product(s.privateCatalog.product.slug))],
  [
    'see a catalog of an organization',
    '-yy-y',
    shows((s) => paths.product(s.ofTheOrganization.product.slug)),
  ],
  ['see a catalog of a team', '-y--y', shows((s) => paths.product(s.ofTheTeam.product.slug))],
  // cart, request access, create an app: developers
  [
    'put a product into the cart',
    '-yyy-',
    posts(
      () => paths.cartAdd,
      (s) => cartItem(s.privateCatalog),
    ),
  ],
  [
    'put a product of a closed catalog into the cart',
    '-yy--',
    posts(
      () => paths.cartAdd,
      (s) => cartItem(s.ofTheOrganization),
    ),
  ],
  [
    'request access for a new app',
    '-yyy-',
    async (portal) => request(portal, await offer(), { appChoice: 'new', appName: `App ${fresh()}` }),
  ],
  [
    'request access for an app of the organization',
    '-yy--',
    async (portal, s) => request(portal, await offer(), { appChoice: 'existing', appId: s.shared.id }),
  ],
  [
    'request access for an app of another organization',
    '---y-',
    async (portal, s) => request(portal, await offer(), { appChoice: 'existing', appId: s.strangersApp.id }),
  ],
  [
    'share a new app with a team of another organization',
    '---y-',
    async (portal, s) =>
      request(portal, await offer(), {
        appChoice: 'new',
        appName: `App ${fresh()}`,
        appVisibility: 'team',
        appTeamId: s.foreignTeam.id,
      }),
  ],
  // see an app and its credentials, edit and delete it, rotate and revoke its credentials
  [
    'see an app that is shared with the organization',
    '-yy--',
    shows((s) => paths.dashboard.app(s.shared.id)),
  ],
  ['see an app that is shared with their team', '-yy--', shows((s) => paths.dashboard.app(s.ofTeam.id))],
  [
    'see an app that is shared with another team',
    '--y--',
    shows((s) => paths.dashboard.app(s.ofOtherTeam.id)),
  ],
  ['see a personal app of somebody else', '--y--', shows((s) => paths.dashboard.app(s.personal.id))],
  ['read the secret of a shared app', '-yy--', reveals((s) => s.shared)],
  ['read the secret of a personal app of somebody else', '-----', reveals((s) => s.personal)],
  ['see any app as an admin', '----y', shows((s) => paths.admin.app(s.personal.id))],
  ['read a secret on the admins’ page', '-----', showsAKey((s) => paths.admin.app(s.shared.id))],
  ['edit a shared app', '-yy--', edits('dashboard', (s) => s.shared.id)],
  ['edit an app of another team', '--y--', edits('dashboard', (s) => s.ofOtherTeam.id)],
  ['edit any app as an admin', '----y', edits('admin', (s) => s.personal.id)],
  ['freeze and unfreeze a shared app', '-yy--', freezes('dashboard', (s) => s.shared.id)],
  [
    'freeze and unfreeze a personal app of somebody else',
    '--y--',
    freezes('dashboard', (s) => s.personal.id),
  ],
  ['freeze and unfreeze any app as an admin', '----y', freezes('admin', (s) => s.personal.id)],
  [
    'freeze all apps of their own organization',
    '--yy-',
    async (portal, s) => {
      const before = await everything()
      await portal.post(paths.dashboard.freezeOrganization, { organizationId: s.organization.id })
      const changed = (await everything()) !== before
      await portal.post(paths.dashboard.unfreezeOrganization)
      return changed
    },
  ],
  ['give away a shared app of somebody else', '--y--', (portal, s) => gives(portal, s, 'organization')],
  ['give away a personal app of somebody else', '-----', (portal, s) => gives(portal, s, 'personal')],
  ['delete a shared app', '-yy--', deletes('dashboard', 'organization')],
  ['delete a personal app of somebody else', '--y--', deletes('dashboard', 'personal')],
  ['delete any app as an admin', '----y', deletes('admin', 'personal')],
  ['rotate a credential of a shared app', '-yy--', rotates('dashboard')],
  ['rotate any credential as an admin', '----y', rotates('admin')],
  ['revoke any credential as an admin', '----y', revokesAsAdmin],
  [
    'make an app for a developer',
    '----y',
    posts(
      () => paths.admin.newApp(),
      (s) => ({ ownerId: s.colleague.userId, name: `Made ${fresh()}`, visibility: 'organization' }),
    ),
  ],
  [
    'give an app access that nobody asked for',
    '----y',
    async (portal, s) => {
      const of = await offer()
      return posts(
        () => paths.admin.addCredential(s.shared.id),
        () => ({
          submissionId: crypto.randomUUID(),
          catalogId: of.catalog.id,
          productIds: of.product.id,
          planId: of.manual.id,
        }),
      )(portal, s, 'admin')
    },
  ],
  [
    'withdraw the request of an app of another team',
    '--y--',
    async (portal, s) => {
      const own = await requested(s.colleague, { app: s.ofOtherTeam.id })
      return posts(() => paths.dashboard.withdrawRequest(own.requestId))(portal, s, 'member')
    },
  ],
  [
    'revoke a credential of a shared app',
    '-yy--',
    async (portal, s) => {
      const app = await world.app(s.colleague)
      await granted(s.colleague, { app: app.id })
      const [row] = await db.select().from(schema.credentials).where(eq(schema.credentials.appId, app.id))
      return posts(() => paths.dashboard.revokeCredential(app.id, row?.id ?? ''))(portal, s, 'member')
    },
  ],
  // list the members of the organization: its people (admins on pages of their own)
  [
    'list the members',
    '-yy--',
    shows(
      () => paths.dashboard.users,
      (s) => s.colleague.email,
    ),
  ],
  // invite, edit, remove members: super admins, once the organization is active
  [
    'invite somebody',
    '--yy-',
    posts(
      () => paths.dashboard.inviteUser,
      () => ({ ...person(), orgRole: 'team_member' }),
    ),
  ],
  [
    'invite somebody into a team of another organization',
    '---y-',
    posts(
      () => paths.dashboard.inviteUser,
      (s) => ({ ...person(), orgRole: 'team_member', teamIds: s.foreignTeam.id }),
    ),
  ],
  ['edit a member', '--y--', posts((s) => paths.dashboard.editUser(s.colleague.userId), editOf)],
  [
    'put a member into a team of another organization',
    '-----',
    posts(
      (s) => paths.dashboard.editUser(s.colleague.userId),
      (s) => ({ ...editOf(s), teamIds: s.foreignTeam.id }),
    ),
  ],
  [
    'remove a member',
    '--y--',
    async (portal, s) => {
      const leaver = await world.developer({ organizationId: s.organization.id })
      return posts(() => paths.dashboard.removeUser(leaver.userId))(portal, s, 'member')
    },
  ],
  [
    'rename the organization that a hidden field names',
    '---y-',
    async (portal, s) => {
      // Everybody names the stranger's organization; whoever may rename does so to their own.
      const fields = { name: `Renamed ${fresh()}`, organizationId: s.people.stranger.organizationId }
      await portal.post(paths.dashboard.renameOrganization, fields)
      const [theirs] = await db
        .select()
        .from(schema.organizations)
        .where(eq(schema.organizations.id, s.people.stranger.organizationId))
      return theirs?.name === fields.name
    },
  ],
  [
    'delete a team of the organization',
    '--y--',
    async (portal, s) => {
      const { id } = await world.team(s.organization.id)
      return posts(() => paths.dashboard.deleteTeam(id))(portal, s, 'member')
    },
  ],
  [
    'add somebody of another organization to a team',
    '-----',
    posts(
      (s) => paths.dashboard.setTeamMembers(s.team.id),
      (s) => ({ add: s.people.stranger.userId, userId: s.people.stranger.userId }),
    ),
  ],
  // everything under /admin: admins
  ['open the administration', '----y', shows(() => paths.admin.home)],
  [
    'make an organization without asking',
    '----y',
    posts(
      () => paths.admin.newOrganization,
      () => ({ name: `Made ${fresh()}` }),
    ),
  ],
  ['suspend an organization', '----y', suspends],
  [
    'move somebody to another organization',
    '----y',
    async (portal, s) => {
      const mover = await world.developer({ organizationId: s.organization.id })
      return posts(
        () => paths.admin.moveUser(mover.userId),
        () => ({
          organizationId: s.people.stranger.organizationId,
          orgRole: 'team_member',
          apps: 'personal',
        }),
      )(portal, s, 'member')
    },
  ],
  [
    'rename a team as an admin does',
    '----y',
    posts(
      (s) => paths.admin.renameTeam(s.team.id),
      () => ({ name: `Team ${fresh()}` }),
    ),
  ],
]

async function suspends(portal: Portal, scene: Scene, column: Column) {
  const { id } = await world.organization()
  return posts(() => paths.admin.suspendOrganization(id))(portal, scene, column)
}

function reveals(of: (scene: Scene) => { id: string; key: string }): Attempt {
  return async (portal, scene) => {
    const { id, key } = of(scene)
    const response = await portal.post(paths.dashboard.revealCredential(id, key))
    return /prt_live_[0-9A-Za-z]{38}/.test(await response.text())
  }
}

/** True when the page shows a key in the clear. */
function showsAKey(path: (scene: Scene) => string): Attempt {
  return async (portal, scene) =>
    /prt_live_[0-9A-Za-z]{38}/.test(await (await portal.request(path(scene))).text())
}

type Side = 'dashboard' | 'admin'
type AppOf = (scene: Scene) => `app_${string}`

const editPath = { dashboard: paths.dashboard.appSettings, admin: paths.admin.editApp }

function edits(side: Side, app: AppOf): Attempt {
  return async (portal, scene) => {
    const appId = app(scene)
    const [row] = await db.select().from(schema.apps).where(eq(schema.apps.id, appId))
    return posts(
      () => editPath[side](appId),
      () => ({ name: `Edited ${fresh()}`, visibility: row?.visibility ?? '', teamId: row?.teamId ?? '' }),
    )(portal, scene, 'member')
  }
}

/** Both directions, so that the next who tries finds it as it was. */
function freezes(side: Side, app: AppOf): Attempt {
  return async (portal, scene, column) => {
    const appId = app(scene)
    const frozen = await posts(() => paths[side].freezeApp(appId))(portal, scene, column)
    const unfrozen = await posts(() => paths[side].unfreezeApp(appId))(portal, scene, column)
    expect(unfrozen).toBe(frozen)
    return frozen
  }
}

async function gives(portal: Portal, scene: Scene, visibility: 'personal' | 'organization') {
  const { id } = await world.app(scene.colleague, { visibility })
  return posts(
    () => paths.dashboard.transferApp(id),
    () => ({ userId: scene.people.superAdmin.userId }),
  )(portal, scene, 'member')
}

function deletes(side: Side, visibility: 'personal' | 'organization'): Attempt {
  return async (portal, scene, column) => {
    const { id } = await world.app(scene.colleague, { visibility })
    return posts(() => paths[side].deleteApp(id))(portal, scene, column)
  }
}

async function withNewKey(scene: Scene) {
  const { id } = await world.app(scene.colleague)
  await granted(scene.colleague, { app: id })
  const [row] = await db.select().from(schema.credentials).where(eq(schema.credentials.appId, id))
  return { id, key: row?.id ?? '' }
}

function rotates(side: Side): Attempt {
  return async (portal, scene, column) => {
    const { id, key } = await withNewKey(scene)
    return posts(
      () => paths[side].rotateCredential(id, key),
      () => ({ overlap: 'hour' }),
    )(portal, scene, column)
  }
}

async function revokesAsAdmin(portal: Portal, scene: Scene, column: Column) {
  const { id, key } = await withNewKey(scene)
  return posts(() => paths.admin.revokeCredential(id, key))(portal, scene, column)
}

let scene: Scene
beforeAll(async () => {
  scene = await createScene()
})

async function browserOf(column: Column): Promise<Portal> {
  const people: Partial<Record<Column, UserActor>> = scene.people
  const actor = people[column]
  return actor ? signedIn(actor) : new Portal()
}

test.each(table)('%s: %s', async (_line, letters, attempt) => {
  let found = ''
  for (const column of columns) found += (await attempt(await browserOf(column), scene, column)) ? 'y' : '-'
  expect(found).toBe(letters)
})

test('only who is still in the default organization asks for one, once, and only while the setting allows it', async () => {
  const ask = async (portal: Portal) =>
    posts(
      () => paths.newOrganization,
      () => ({ name: `Asked ${fresh()}` }),
    )(portal, scene, 'member')
  await world.setSettings({ organizationRegistrationEnabled: false })
  expect(await ask(await signedIn(await world.developer()))).toBe(false)
  await world.setSettings({ organizationRegistrationEnabled: true })
  for (const column of columns) expect(await ask(await browserOf(column)), column).toBe(false)
  const developer = await signedIn(await world.developer())
  expect(await ask(developer)).toBe(true)
  expect(await ask(developer)).toBe(false)
})

test('what belongs to another organization is 404 in every address that names it', async () => {
  const portal = await browserOf('stranger')
  const { shared, colleague, team, organization } = scene
  for (const path of [
    paths.dashboard.app(shared.id),
    paths.dashboard.revealCredential(shared.id, shared.key),
    paths.dashboard.revokeCredential(shared.id, shared.key),
    paths.dashboard.appSettings(shared.id),
    paths.dashboard.freezeApp(shared.id),
    paths.dashboard.transferApp(shared.id),
    paths.dashboard.deleteApp(shared.id),
    paths.dashboard.rotateCredential(shared.id, shared.key),
    paths.admin.app(shared.id),
    paths.dashboard.editUser(colleague.userId),
    paths.dashboard.removeUser(colleague.userId),
    paths.dashboard.team(team.id),
    paths.dashboard.renameTeam(team.id),
    paths.dashboard.deleteTeam(team.id),
    paths.admin.organization(organization.id),
    paths.admin.team(team.id),
    // One's own app with the other's key.
    paths.dashboard.revealCredential(scene.strangersApp.id, shared.key),
  ]) {
    const response = await portal.request(path)
    await response.body?.cancel()
    expect(response.status, path).toBe(404)
  }
})

test('a role or a team that changes counts on the next request of a session that is open already', async () => {
  const { id } = await world.organization()
  const boss = await world.superAdmin({ organizationId: id })
  await world.superAdmin({ organizationId: id })
  const portal = await signedIn(boss)
  const invites = async () => (await portal.request(paths.dashboard.inviteUser)).status
  expect(await invites()).toBe(200)
  await db.update(schema.users).set({ orgRole: 'team_member' }).where(eq(schema.users.id, boss.userId))
  expect(await invites()).toBe(404)
  const team = await world.team(id)
  const closed = await offer('custom', { teamId: team.id })
  const sees = async () => (await portal.request(paths.product(closed.product.slug))).status
  expect(await sees()).toBe(404)
  await db
    .insert(schema.teamMembers)
    .values({ teamId: team.id, userId: boss.userId, organizationId: id, createdAt: 1 })
  expect(await sees()).toBe(200)
  await db.delete(schema.teamMembers).where(eq(schema.teamMembers.teamId, team.id))
  expect(await sees()).toBe(404)
})
