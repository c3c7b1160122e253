// What admins read about the tokens of the admin API: never the token, only its end.
import { eq, sql } from 'drizzle-orm'
import type { AdminActor } from '~/domain/kernel/actor'
import type { DomainContext } from '~/domain/kernel/context'
import { NotFoundError } from '~/domain/kernel/errors'
import type { Id } from '~/domain/kernel/ids'
import { type Page, type PageRequest, toPage } from '~/domain/kernel/page'
import { named } from '~db/columns'
import { keyset } from '~db/keyset'
import { apiTokens, users } from '~db/schema'
import { type ApiTokenState, apiTokenState } from './api-token'

/** Newest first, of every admin. */
export async function listApiTokens(
  ctx: DomainContext<AdminActor>,
  { page }: { page: PageRequest },
): Promise<Page<ApiTokenRow>> {
  const { after, order } = keyset(page, apiTokens.createdAt, apiTokens.id)
  const rows = await tokenRows(ctx)
    .where(after)
    .orderBy(...order)
    .limit(page.size + 1)
  const shown = rows.map((row) => ({ ...row, state: apiTokenState(row, ctx.now) }))
  return toPage(shown, page, (row) => ({ key: row.createdAt, id: row.id }))
}

/** Throws NotFoundError. */
export async function getApiToken(ctx: DomainContext<AdminActor>, tokenId: Id<'tok'>): Promise<ApiTokenRow> {
  const [row] = await tokenRows(ctx).where(eq(apiTokens.id, tokenId))
  if (!row) throw new NotFoundError(`API token ${tokenId}`)
  return { ...row, state: apiTokenState(row, ctx.now) }
}

export type ApiTokenRow = Awaited<ReturnType<typeof tokenRows>>[number] & { state: ApiTokenState }

function tokenRows(ctx: DomainContext<AdminActor>) {
  return ctx.db
    .select({
      id: named(apiTokens.id, 'token_id'),
      name: apiTokens.name,
      hint: apiTokens.hint,
      scopes: apiTokens.scopes,
      expiresAt: apiTokens.expiresAt,
      lastUsedAt: apiTokens.lastUsedAt,
      revokedAt: apiTokens.revokedAt,
      createdAt: named(apiTokens.createdAt, 'token_created_at'),
      ownerName: sql<string | null>`trim(${users.firstName} || ' ' || ${users.lastName})`.as('owner_name'),
      ownerIsActiveAdmin: sql<boolean>`coalesce(${users.role} = 'admin' and ${users.state} = 'active', 0)`
        .mapWith(Boolean)
        .as('owner_is_active_admin'),
    })
    .from(apiTokens)
    .leftJoin(users, eq(users.id, apiTokens.createdById))
    .$dynamic()
}
