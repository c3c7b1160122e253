import type { LoaderFunctionArgs } from '@remix-run/cloudflare'
import { getApiDocumentText } from '~/domain/catalog/queries.server'
import { requireReader } from '~/platform/guards'
import { orNotFound } from '~/platform/responses'

export async function loader(args: LoaderFunctionArgs) {
  const ctx = await requireReader(args)
  const { slug = '', api = '' } = args.params
  const { fileName, format, text } = await orNotFound(getApiDocumentText(ctx, slug, api))
  return new Response(text, {
    headers: {
      'Content-Type':
        format === 'json' ? 'application/json; charset=utf-8' : 'application/yaml; charset=utf-8',
      'Content-Disposition': `attachment; filename="${fileName}"`,
      'Content-Security-Policy': "default-src 'none'; sandbox",
    },
  })
}
