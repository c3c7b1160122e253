// What admins read about people, and what people read about themselves.
import { and, desc, eq, ne, or, sql } from 'drizzle-orm'
import type { AdminActor } from '~/domain/kernel/actor'
import type { DomainContext } from '~/domain/kernel/context'
import { decodeCursor, type Page, type PageRequest, toPage } from '~/domain/kernel/page'
import { organizations, users } from '~db/schema'
import type { UserFilter } from './account'

export type UserList = { search: string | null; state: UserFilter | null; page: PageRequest }

/** Developers, newest first. `search` looks in addresses and names. */
export async function listUsers(ctx: DomainContext<AdminActor>, list: UserList): Promise<Page<UserRow>> {
  const rows = await userRows(ctx, list)
  return toPage(rows, list.page, (row) => ({ key: row.createdAt, id: row.id }))
}

export type UserRow = Awaited<ReturnType<typeof userRows>>[number]

function userRows(ctx: DomainContext<AdminActor>, { search, state, page }: UserList) {
  const cursor = decodeCursor(page.cursor)
  const backwards = page.direction === 'previous'
  const place = sql`(${users.createdAt}, ${users.id})`
  const needle = search?.trim().toLowerCase() ?? ''
  return ctx.db
    .select({
      id: users.id,
      name: sql<string>`trim(${users.firstName} || ' ' || ${users.lastName})`,
      email: users.email,
      state: users.state,
      stateReason: users.stateReason,
      orgRole: users.orgRole,
      organizationName: organizations.name,
      createdAt: users.createdAt,
    })
    .from(users)
    .leftJoin(organizations, eq(organizations.id, users.organizationId))
    .where(
      and(
        eq(users.role, 'developer'),
        state === 'inactive' ? ne(users.state, 'active') : state ? eq(users.state, state) : undefined,
        needle
          ? or(
              sql`instr(lower(${users.emailKey}), ${needle}) > 0`,
              sql`instr(lower(${users.firstName} || ' ' || ${users.lastName}), ${needle}) > 0`,
            )
          : undefined,
        cursor
          ? backwards
            ? sql`${place} > (${cursor.key}, ${cursor.id})`
            : sql`${place} < (${cursor.key}, ${cursor.id})`
          : undefined,
      ),
    )
    .orderBy(...(backwards ? [users.createdAt, users.id] : [desc(users.createdAt), desc(users.id)]))
    .limit(page.size + 1)
}

/** Every admin, by name: there are few. */
export function listAdmins(ctx: DomainContext<AdminActor>) {
  return ctx.db
    .select({
      id: users.id,
      name: sql<string>`trim(${users.firstName} || ' ' || ${users.lastName})`,
      email: users.email,
      state: users.state,
      lastLoginAt: users.lastLoginAt,
      hasSecondFactor:
        sql<boolean>`(exists (select 1 from two_factor_secrets f where f.user_id = ${users.id} and f.confirmed_at is not null)
          or exists (select 1 from passkeys k where k.user_id = ${users.id}))`.mapWith(Boolean),
    })
    .from(users)
    .where(eq(users.role, 'admin'))
    .orderBy(users.nameKey, users.id)
    .limit(500)
}

export type AdminRow = Awaited<ReturnType<typeof listAdmins>>[number]
