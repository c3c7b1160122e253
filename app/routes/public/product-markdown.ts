import type { LoaderFunctionArgs } from '@remix-run/cloudflare'
import { getProductText } from '~/domain/catalog/queries-markdown.server'
import { gatewayOrigin } from '~/platform/gateway-origin'
import { requireReader } from '~/platform/guards'
import { markdownAddresses, markdownResponse } from '~/platform/markdown-pages'
import { paths } from '~/platform/paths'
import { orNotFound } from '~/platform/responses'
import { productMarkdown } from '~/ui/catalog/portal-markdown'

export async function loader(args: LoaderFunctionArgs) {
  const ctx = await requireReader(args)
  const text = await orNotFound(getProductText(ctx, args.params['slug'] ?? ''))
  const origin = gatewayOrigin(args.context.scope.env)
  const baseUrlOf = (api: string) => `${origin}${paths.gateway(text.product.slug, api)}`
  return markdownResponse(productMarkdown({ ...text, baseUrlOf }, markdownAddresses(ctx.origin)))
}
