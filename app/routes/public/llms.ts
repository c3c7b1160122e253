import type { LoaderFunctionArgs } from '@remix-run/cloudflare'
import { getPortalOutline } from '~/domain/catalog/queries-markdown.server'
import { requireReader } from '~/platform/guards'
import { markdownAddresses, markdownResponse } from '~/platform/markdown-pages'
import { outlineMarkdown } from '~/ui/catalog/portal-markdown'

export async function loader(args: LoaderFunctionArgs) {
  const ctx = await requireReader(args)
  const { settings } = await args.context.scope.viewer()
  const outline = await getPortalOutline(ctx)
  return markdownResponse(
    outlineMarkdown(settings.portalName, outline, markdownAddresses(ctx.origin)),
    'text/plain',
  )
}
