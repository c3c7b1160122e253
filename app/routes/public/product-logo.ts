import type { LoaderFunctionArgs } from '@remix-run/cloudflare'
import { getProductLogo } from '~/domain/catalog/queries.server'
import { requireReader } from '~/platform/guards'
import { orNotFound } from '~/platform/responses'

export async function loader(args: LoaderFunctionArgs) {
  const ctx = await requireReader(args)
  const { slug = '' } = args.params
  const { contentType, bytes } = await orNotFound(getProductLogo(ctx, slug))
  return new Response(new Uint8Array(bytes), {
    headers: {
      'Content-Type': contentType,
      // An SVG that is opened on its own may hold script: it is saved instead, nothing in it runs, and it has no origin.
      'Content-Disposition': `attachment; filename="${slug}.${extensionOf(contentType)}"`,
      'Content-Security-Policy': "default-src 'none'; style-src 'unsafe-inline'; sandbox",
      'Cache-Control': 'private, max-age=300',
    },
  })
}

function extensionOf(contentType: string): string {
  return contentType.replace(/^image\//, '').replace(/\+xml$/, '')
}
