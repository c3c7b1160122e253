// Takes a product out of the actor's cart. What is not in it is out already.
import { and, eq } from 'drizzle-orm'
import type { DeveloperActor } from '~/domain/kernel/actor'
import type { DomainContext } from '~/domain/kernel/context'
import { ok, type Result } from '~/domain/kernel/result'
import { cartItems } from '~db/schema'
import type { CartItemInput } from './cart'

export async function removeFromCart(
  ctx: DomainContext<DeveloperActor>,
  { catalogId, productId }: CartItemInput,
): Promise<Result<{ removed: boolean }>> {
  const removed = await ctx.db
    .delete(cartItems)
    .where(
      and(
        eq(cartItems.userId, ctx.actor.userId),
        eq(cartItems.catalogId, catalogId),
        eq(cartItems.productId, productId),
      ),
    )
    .returning({ productId: cartItems.productId })
  return ok({ removed: removed.length > 0 })
}
