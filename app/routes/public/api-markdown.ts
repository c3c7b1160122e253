import type { LoaderFunctionArgs } from '@remix-run/cloudflare'
import { getApiText } from '~/domain/catalog/queries-markdown.server'
import { requireReader } from '~/platform/guards'
import { authenticationInWords, markdownAddresses, markdownResponse } from '~/platform/markdown-pages'
import { paths } from '~/platform/paths'
import { baseUrlOf } from '~/platform/reference-pages'
import { orNotFound } from '~/platform/responses'
import { apiMarkdown } from '~/ui/catalog/portal-markdown'

export async function loader(args: LoaderFunctionArgs) {
  const ctx = await requireReader(args)
  const { slug = '', api: apiSlug = '' } = args.params
  const api = await orNotFound(getApiText(ctx, slug, apiSlug))
  const at = markdownAddresses(ctx.origin)
  return markdownResponse(
    apiMarkdown(
      {
        ...api,
        baseUrl: baseUrlOf(args.context.scope.env, slug, { ...api, slug: apiSlug }),
        authentication: authenticationInWords(api, api.securitySchemes, ctx.origin + paths.oauth.token),
      },
      (operation) => at.operation(slug, apiSlug, operation),
    ),
  )
}
