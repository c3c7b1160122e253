// Gives the portal a logo, or takes it away (null). What the file is was told by its bytes (logo.ts). It is named after
// its content, so an address always shows one and the same picture.
import { eq, sql } from 'drizzle-orm'
import type { AdminActor } from '~/domain/kernel/actor'
import type { DomainContext } from '~/domain/kernel/context'
import type { Result } from '~/domain/kernel/result'
import { portalLogos } from '~db/schema'
import { changeSetting } from './change-setting.server'
import type { PortalLogo } from './logo'

/** `changed` is false when it is the logo already, or when there was none to take away. */
export async function setPortalLogo(
  ctx: DomainContext<AdminActor>,
  logo: PortalLogo | null,
): Promise<Result<{ changed: boolean }>> {
  const file = logo && `${await digestOf(logo.bytes)}.${logo.contentType.slice('image/'.length)}`
  const row = logo && { file: file ?? '', contentType: logo.contentType, data: logo.bytes }
  return changeSetting(ctx, {
    label: 'Logo',
    field: 'logo',
    value: logo && `${logo.width} × ${logo.height} pixels, ${file}`,
    before: sql`settings.logo_width || ' × ' || settings.logo_height || ' pixels, ' || settings.logo_file`,
    differs: sql`settings.logo_file is not ${file}`,
    set: { logoFile: file, logoWidth: logo?.width ?? null, logoHeight: logo?.height ?? null },
    beside: [
      row
        ? ctx.db
            .insert(portalLogos)
            .values({ id: 1, ...row })
            .onConflictDoUpdate({ target: portalLogos.id, set: row })
        : ctx.db.delete(portalLogos).where(eq(portalLogos.id, 1)),
    ],
  })
}

/** 128 bits of SHA-256, in hexadecimal. */
async function digestOf(bytes: Uint8Array): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', new Uint8Array(bytes)))
  return [...digest.slice(0, 16)].map((byte) => byte.toString(16).padStart(2, '0')).join('')
}
