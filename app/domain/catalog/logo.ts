// What a file is that is uploaded as a logo: told by its bytes, never by its name or by what the browser calls it.
import { z } from 'zod'
import { domainError, fieldError } from '~/domain/kernel/errors'
import { fail, ok, type Result } from '~/domain/kernel/result'
import { type logoContentTypes, maxLogoBytes } from './product'

export type Logo = { contentType: (typeof logoContentTypes)[number]; bytes: Uint8Array }

/** The field of the form; what the file holds is read afterwards. */
export const logoUploadInput = z.object({ logo: z.instanceof(File, { error: 'Choose a file.' }) })

/** The logo, or what is wrong with the file, at the field `logo`. */
export function readLogo(bytes: Uint8Array): Result<Logo> {
  if (bytes.byteLength === 0) return fail(fieldError('logo', 'Choose a file.'))
  if (bytes.byteLength > maxLogoBytes) {
    const message = 'A logo has at most 256 KB. Make the picture smaller: it is shown at 64 pixels.'
    return fail(domainError('body_too_large', message, { fields: { logo: [message] } }))
  }
  const contentType = pictureType(bytes)
  if (contentType) return ok({ contentType, bytes })
  const text = new TextDecoder().decode(bytes)
  if (!/^\uFEFF?\s*(?:<\?xml[^>]*>\s*)?(?:<!--[\s\S]*?-->\s*)*<svg[\s>]/i.test(text))
    return fail(fieldError('logo', 'This is not a picture that can be shown. Use SVG, PNG, JPEG or WebP.'))
  if (isActive(text)) {
    return fail(
      fieldError(
        'logo',
        'This SVG holds scripts, links to other files or entities. Export it again as a plain SVG.',
      ),
    )
  }
  return ok({ contentType: 'image/svg+xml', bytes })
}

function pictureType(bytes: Uint8Array): Logo['contentType'] | null {
  const begins = (...start: number[]) => start.every((byte, at) => bytes[at] === byte)
  if (begins(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a)) return 'image/png'
  if (begins(0xff, 0xd8, 0xff)) return 'image/jpeg'
  const word = (from: number) => String.fromCharCode(...bytes.slice(from, from + 4))
  return word(0) === 'RIFF' && word(8) === 'WEBP' ? 'image/webp' : null
}

/** An SVG in an `img` runs nothing, and the address of a logo is sandboxed; this keeps such files out all the same. */
function isActive(svg: string): boolean {
  return (
    /<!DOCTYPE|<!ENTITY|<script|<foreignObject|<iframe|<object|<embed|<use[^>]+href\s*=\s*["'](?!#)/i.test(
      svg,
    ) || /\son\w+\s*=|javascript:|data:text/i.test(svg)
  )
}
