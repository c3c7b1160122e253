// The portal as its mails show it: name, accent color and logo. Addresses begin with the configured origin.
import { readableAccent } from '~/domain/settings/accent'
import { fitWithin, logoOf } from '~/domain/settings/logo'
import { logoPath } from '~/domain/settings/logo-path'
import type { Settings } from '~/domain/settings/settings'
import type { MailPortal } from './mail'

/** In pixels. Twice as many of the picture make it sharp on good screens. */
const logoBox = { width: 200, height: 40 }

export function mailPortalOf(settings: Settings, origin: string): MailPortal {
  const logo = logoOf(settings)
  return {
    name: settings.portalName,
    accentColor: settings.accentColor && readableAccent(settings.accentColor),
    origin,
    logo: logo && { url: `${origin}${logoPath(logo.file)}`, ...fitWithin(logo, logoBox) },
  }
}
