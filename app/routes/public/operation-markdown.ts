import type { LoaderFunctionArgs } from '@remix-run/cloudflare'
import { getOperationPage } from '~/domain/catalog/queries-reference.server'
import { requireReader } from '~/platform/guards'
import { authenticationInWords, markdownResponse } from '~/platform/markdown-pages'
import { paths } from '~/platform/paths'
import { baseUrlOf } from '~/platform/reference-pages'
import { orNotFound } from '~/platform/responses'
import { sampleCredential } from '~/ui/catalog/accepted-credentials'
import { curlSample } from '~/ui/catalog/curl-sample'
import { operationMarkdown } from '~/ui/catalog/operation-markdown'
import { sampleRequest } from '~/ui/catalog/sample-request'

export async function loader(args: LoaderFunctionArgs) {
  const ctx = await requireReader(args)
  const { slug = '', api: apiSlug = '', operation: operationSlug = '' } = args.params
  const tokenEndpoint = ctx.origin + paths.oauth.token
  const { api, operation } = await orNotFound(getOperationPage(ctx, slug, apiSlug, operationSlug))
  const baseUrl = baseUrlOf(args.context.scope.env, slug, api)
  const schemes = api.securitySchemes.filter(({ name }) => operation.detail.security.includes(name))
  return markdownResponse(
    operationMarkdown({
      operation,
      baseUrl,
      authentication: authenticationInWords(api, schemes, tokenEndpoint),
      sample: curlSample(sampleRequest(operation, baseUrl, sampleCredential(api), api.served?.header)),
    }),
  )
}
