// The portal's logo as its pages show it.
import { logoOf } from '~/domain/settings/logo'
import type { Settings } from '~/domain/settings/settings'
import { paths } from './paths'

export function logoToShow(settings: Settings) {
  const logo = logoOf(settings)
  return logo && { src: paths.logo(logo.file), width: logo.width, height: logo.height }
}
