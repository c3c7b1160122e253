import type { LoaderFunctionArgs } from '@remix-run/cloudflare'
import { getProductText } from '~/domain/catalog/queries-markdown.server'
import { gatewayOrigin } from '~/platform/gateway-origin'
import { requireReader } from '~/platform/guards'
import { markdownAddresses, markdownResponse } from '~/platform/markdown-pages'
import { callAddress } from '~/platform/reference-pages'
import { orNotFound } from '~/platform/responses'
import { productMarkdown } from '~/ui/catalog/portal-markdown'

export async function loader(args: LoaderFunctionArgs) {
  const ctx = await requireReader(args)
  const text = await orNotFound(getProductText(ctx, args.params['slug'] ?? ''))
  const origin = gatewayOrigin(args.context.scope.env)
  const { slug, apis } = text.product
  const baseUrlOf = (api: string) =>
    callAddress(origin, slug, { slug: api, served: apis.find((one) => one.slug === api)?.served ?? null })
  return markdownResponse(productMarkdown({ ...text, baseUrlOf }, markdownAddresses(ctx.origin)))
}
