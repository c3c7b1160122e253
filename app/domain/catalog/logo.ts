// What a file is that is uploaded as a product's logo: told by its bytes, never by its name or by what the browser calls
// it. Pictures are as for the portal's own logo; an SVG may be one as well, because no mail shows it.
import { fieldError } from '~/domain/kernel/errors'
import { fail, ok, type Result } from '~/domain/kernel/result'
import { logoSizeError, readLogoPicture } from '~/domain/settings/logo'
import type { logoContentTypes } from './product'

export type Logo = { contentType: (typeof logoContentTypes)[number]; bytes: Uint8Array }

/** The logo, or what is wrong with the file, at the field `logo`. */
export function readLogo(bytes: Uint8Array): Result<Logo> {
  const tooLarge = logoSizeError(bytes)
  if (tooLarge) return fail(tooLarge)
  const picture = readLogoPicture(bytes)
  if (!picture.ok) return picture
  if (picture.value) return ok({ contentType: picture.value.contentType, bytes })
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

/** An SVG in an `img` runs nothing, and the address of a logo is sandboxed; this keeps such files out all the same. */
function isActive(svg: string): boolean {
  return (
    /<!DOCTYPE|<!ENTITY|<script|<foreignObject|<iframe|<object|<embed|<use[^>]+href\s*=\s*["'](?!#)/i.test(
      svg,
    ) || /\son\w+\s*=|javascript:|data:text/i.test(svg)
  )
}
