// The guide that a command is about, and the guard that it is still there.
import { and, eq, type SQL, sql } from 'drizzle-orm'
import type { DomainContext } from '~/domain/kernel/context'
import { type DomainError, domainError } from '~/domain/kernel/errors'
import type { Id } from '~/domain/kernel/ids'
import { guides } from '~db/schema'

export const noSuchGuide: DomainError = domainError('not_found', 'This guide does not exist (any more).')

export function guideExists(productId: Id<'prd'>, guideId: Id<'gde'>): SQL {
  return sql`exists (select 1 from guides own join products on products.id = own.product_id and products.deleted_at is null
    where own.id = ${guideId} and own.product_id = ${productId})`
}

export async function findGuide(ctx: DomainContext, productId: Id<'prd'>, guideId: Id<'gde'>) {
  const [found] = await ctx.db
    .select({ title: guides.title, state: guides.state })
    .from(guides)
    .where(and(eq(guides.id, guideId), guideExists(productId, guideId)))
  return found ?? null
}
