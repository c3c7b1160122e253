// Gives the portal an accent color, or the default one back (null). Whether it is readable is seen to where it is shown.
import { sql } from 'drizzle-orm'
import type { AdminActor } from '~/domain/kernel/actor'
import type { DomainContext } from '~/domain/kernel/context'
import type { Result } from '~/domain/kernel/result'
import type { SetAccentColorInput } from './accent'
import { changeSetting } from './change-setting.server'

/** `changed` is false when it is the color already. */
export async function setAccentColor(
  ctx: DomainContext<AdminActor>,
  { accentColor }: SetAccentColorInput,
): Promise<Result<{ changed: boolean }>> {
  return changeSetting(ctx, {
    label: 'Accent color',
    field: 'accentColor',
    value: accentColor,
    before: sql`settings.accent_color`,
    differs: sql`settings.accent_color is not ${accentColor}`,
    set: { accentColor },
  })
}
