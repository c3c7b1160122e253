import type { LoaderFunctionArgs } from '@remix-run/cloudflare'
import { getGuideText } from '~/domain/catalog/queries-markdown.server'
import { requireReader } from '~/platform/guards'
import { guideBaseUrl } from '~/platform/guide-base-url'
import { markdownResponse } from '~/platform/markdown-pages'
import { orNotFound } from '~/platform/responses'
import { blocks, plain } from '~/ui/catalog/markdown-text'

export async function loader(args: LoaderFunctionArgs) {
  const ctx = await requireReader(args)
  const { slug = '', guide = '' } = args.params
  const { product, title, body } = await orNotFound(getGuideText(ctx, slug, guide))
  const baseUrl = guideBaseUrl(args.context.scope.env, product)
  return markdownResponse(
    blocks(
      `# ${plain(title)}`,
      body.replaceAll('{{baseUrl}}', () => baseUrl),
    ),
  )
}
