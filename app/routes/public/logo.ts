// For everyone, whoever may read the portal: it stands on the log-in page of a closed one, and in mails.
import type { LoaderFunctionArgs } from '@remix-run/cloudflare'
import { getPortalLogo } from '~/domain/settings/queries.server'
import { requireVisitor } from '~/platform/guards'
import { orNotFound } from '~/platform/responses'

export async function loader(args: LoaderFunctionArgs) {
  const ctx = await requireVisitor(args)
  const { file, contentType, bytes } = await orNotFound(getPortalLogo(ctx))
  // A mail of last year names an older file: it shows the logo of today, for a while.
  const isThisFile = args.params['file'] === file
  return new Response(new Uint8Array(bytes), {
    headers: {
      'Content-Type': contentType,
      'Content-Disposition': `inline; filename="logo.${contentType.slice('image/'.length)}"`,
      'Content-Security-Policy': "default-src 'none'; sandbox",
      'Cache-Control': isThisFile ? 'public, max-age=31536000, immutable' : 'public, max-age=300',
      // Mail programs in a browser show it on a page of their own.
      'Cross-Origin-Resource-Policy': 'cross-origin',
    },
  })
}
