// The demo's people, organizations and teams.
import { and, eq } from 'drizzle-orm'
import { addAdmin } from '~/domain/accounts/add-admin.server'
import { addDeveloper } from '~/domain/accounts/add-developer.server'
import { registerDeveloper } from '~/domain/accounts/register-developer.server'
import type { AdminActor, DeveloperActor } from '~/domain/kernel/actor'
import type { OrganizationId, TeamId } from '~/domain/kernel/ids'
import { emailKey } from '~/domain/kernel/text'
import { createOrganization } from '~/domain/organizations/create-organization.server'
import { createTeam } from '~/domain/organizations/create-team.server'
import { organizations, teamMembers, users } from '~db/schema'
import { done, type Seeder } from './seed-parts'

const password = 'demo-portico-2026'
const day = 86_400_000

export type DemoPeople = {
  admin: AdminActor
  ada: DeveloperActor
  tom: DeveloperActor
  lin: DeveloperActor
  kai: DeveloperActor
  sam: DeveloperActor
  northwindId: OrganizationId
  contosoId: OrganizationId
  checkoutTeamId: TeamId
}

export async function seedPeople(seeder: Seeder): Promise<DemoPeople> {
  const start = seeder.now - 42 * day
  const system = seeder.as({ type: 'system' }, start)
  await addAdmin(system, {
    email: 'admin@demo.example',
    firstName: 'Morgan',
    lastName: 'Reyes',
    password,
    mustChangePassword: false,
  }).then(done)
  const admin = await adminActor(seeder, 'admin@demo.example')

  const northwind = done(await createOrganization(seeder.as(admin, start + day), { name: 'Northwind' }))
  const contoso = done(await createOrganization(seeder.as(admin, start + 2 * day), { name: 'Contoso' }))
  const checkout = done(
    await createTeam(seeder.as(admin, start + 2 * day), northwind.organizationId, { name: 'Checkout' }),
  )

  const add = async (
    at: number,
    email: string,
    firstName: string,
    lastName: string,
    organizationId: OrganizationId,
    orgRole: 'super_admin' | 'team_member',
    teamIds: TeamId[] = [],
  ) => {
    done(
      await addDeveloper(seeder.as(admin, at), {
        email,
        firstName,
        lastName,
        organizationId,
        orgRole,
        teamIds,
        password,
        mustChangePassword: false,
      }),
    )
    return developerActor(seeder, email)
  }
  const people: DemoPeople = {
    admin,
    ada: await add(
      start + 3 * day,
      'ada@northwind.example',
      'Ada',
      'Larsen',
      northwind.organizationId,
      'super_admin',
      [checkout.teamId],
    ),
    tom: await add(
      start + 4 * day,
      'tom@northwind.example',
      'Tom',
      'Okafor',
      northwind.organizationId,
      'team_member',
    ),
    lin: await add(
      start + 5 * day,
      'lin@contoso.example',
      'Lin',
      'Haddad',
      contoso.organizationId,
      'super_admin',
    ),
    kai: await add(
      start + 8 * day,
      'kai@contoso.example',
      'Kai',
      'Moreau',
      contoso.organizationId,
      'team_member',
    ),
    sam: await add(start + 12 * day, 'sam@solo.example', 'Sam', 'Whitfield', 'org_default', 'team_member'),
    northwindId: northwind.organizationId,
    contosoId: contoso.organizationId,
    checkoutTeamId: checkout.teamId,
  }
  done(
    await registerDeveloper(seeder.as({ type: 'visitor' }, seeder.now - 3 * 3_600_000), {
      email: 'pat@solo.example',
      firstName: 'Pat',
      lastName: 'Imani',
      password,
      passwordAgain: password,
    }),
  )
  return people
}

async function adminActor({ db }: Seeder, email: string): Promise<AdminActor> {
  const [row] = await db
    .select()
    .from(users)
    .where(eq(users.emailKey, emailKey(email)))
  if (!row) throw new Error(`no user ${email}`)
  return {
    type: 'admin',
    userId: row.id,
    name: `${row.firstName} ${row.lastName}`,
    email,
    sessionId: 'ses_demo',
  }
}

async function developerActor({ db }: Seeder, email: string): Promise<DeveloperActor> {
  const [row] = await db
    .select({ user: users, organization: organizations })
    .from(users)
    .innerJoin(organizations, eq(organizations.id, users.organizationId))
    .where(eq(users.emailKey, emailKey(email)))
  if (!row?.user.organizationId || !row.user.orgRole) throw new Error(`no developer ${email}`)
  const teams = await db
    .select({ teamId: teamMembers.teamId })
    .from(teamMembers)
    .where(and(eq(teamMembers.userId, row.user.id)))
  return {
    type: 'developer',
    userId: row.user.id,
    name: `${row.user.firstName} ${row.user.lastName}`,
    email,
    organizationId: row.user.organizationId,
    orgRole: row.user.orgRole,
    teamIds: teams.map((team) => team.teamId),
    inDefaultOrganization: row.organization.isDefault,
    sessionId: 'ses_demo',
    provenAt: 0,
  }
}
