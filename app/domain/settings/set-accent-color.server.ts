// Gives the portal an accent color, or the default one back (null). Whether it is readable is seen to where it is shown.
import { and, eq, sql } from 'drizzle-orm'
import type { AdminActor } from '~/domain/kernel/actor'
import type { DomainContext } from '~/domain/kernel/context'
import { ok, type Result } from '~/domain/kernel/result'
import { settings } from '~db/schema'
import type { SetAccentColorInput } from './accent'
import { settingEvent } from './setting-event.server'

/** `changed` is false when it is the color already. */
export async function setAccentColor(
  ctx: DomainContext<AdminActor>,
  { accentColor }: SetAccentColorInput,
): Promise<Result<{ changed: boolean }>> {
  const differs = sql`settings.accent_color is not ${accentColor}`
  const event = settingEvent(ctx, {
    label: 'Accent color',
    field: 'accentColor',
    value: accentColor,
    before: sql`settings.accent_color`,
    differs,
  })
  const [, changed] = await ctx.db.batch([
    event.statement,
    ctx.db
      .update(settings)
      .set({ accentColor })
      .where(and(eq(settings.id, 1), differs))
      .returning({ id: settings.id }),
  ])
  if (!changed[0]) return ok({ changed: false })
  ctx.announce(event.id)
  return ok({ changed: true })
}
