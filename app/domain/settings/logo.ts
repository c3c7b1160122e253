// Logos: what is taken as one, and how the portal's own is called. A logo's file is told by its bytes.
import { z } from 'zod'
import { type DomainError, domainError, fieldError } from '~/domain/kernel/errors'
import { type Picture, pictureType, readPicture } from '~/domain/kernel/picture'
import { fail, ok, type Result } from '~/domain/kernel/result'

/** 256 KB: a logo is shown at 64 pixels. */
export const maxLogoBytes = 256 * 1024

/** A form has room for a file that is too large, to be told so beside it. */
export const maxLogoFormBytes = 2 * 1024 * 1024

/** A few bytes can claim a picture that fills the memory of whoever looks at it. */
export const maxLogoPixels = 2000

/** The field of the form; what the file holds is read afterwards. */
export const logoUploadInput = z.object({ logo: z.instanceof(File, { error: 'Choose a file.' }) })

/** What is wrong with any file, whatever pictures are taken: none, or too large. */
export function logoSizeError(bytes: Uint8Array): DomainError | null {
  if (bytes.byteLength === 0) return fieldError('logo', 'Choose a file.')
  if (bytes.byteLength <= maxLogoBytes) return null
  const message = 'A logo has at most 256 KB. Make the picture smaller: it is shown at 64 pixels.'
  return domainError('body_too_large', message, { fields: { logo: [message] } })
}

/** A whole picture of a size that can be shown; null when the bytes are none. */
export function readLogoPicture(bytes: Uint8Array): Result<Picture | null> {
  if (!pictureType(bytes)) return ok(null)
  const picture = readPicture(bytes)
  if (!picture)
    return fail(
      fieldError('logo', 'This picture is broken or cut off. Export it again and choose the new file.'),
    )
  if (Math.max(picture.width, picture.height) > maxLogoPixels)
    return fail(fieldError('logo', 'A logo is at most 2,000 pixels wide and high. Make the picture smaller.'))
  return ok(picture)
}

export type PortalLogo = Picture & { bytes: Uint8Array }

/** The portal's logo is in mails too, and mail programs show no SVG. */
export function readPortalLogo(bytes: Uint8Array): Result<PortalLogo> {
  const tooLarge = logoSizeError(bytes)
  if (tooLarge) return fail(tooLarge)
  const picture = readLogoPicture(bytes)
  if (!picture.ok) return picture
  if (picture.value) return ok({ ...picture.value, bytes })
  return fail(
    fieldError(
      'logo',
      'This is not a picture that mail programs show. Use PNG, JPEG or WebP; an SVG can be exported as PNG.',
    ),
  )
}

/** As pages and mails show it: the last part of its address, and its size in pixels. */
export type LogoInfo = { file: string; width: number; height: number }

export function logoOf(settings: {
  logoFile: string | null
  logoWidth: number | null
  logoHeight: number | null
}): LogoInfo | null {
  const { logoFile, logoWidth, logoHeight } = settings
  return logoFile && logoWidth && logoHeight ? { file: logoFile, width: logoWidth, height: logoHeight } : null
}

/** The largest size within a box that keeps the picture's shape, in whole pixels; small pictures are not blown up. */
export function fitWithin(
  picture: { width: number; height: number },
  box: { width: number; height: number },
) {
  const scale = Math.min(1, box.width / picture.width, box.height / picture.height)
  return {
    width: Math.max(1, Math.round(picture.width * scale)),
    height: Math.max(1, Math.round(picture.height * scale)),
  }
}
