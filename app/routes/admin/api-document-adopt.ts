// The buttons **Import** of a document that was checked, and **Restore** of an earlier one.
import { type ActionFunctionArgs, type LoaderFunctionArgs, redirect } from '@remix-run/cloudflare'
import { adoptApiDocument } from '~/domain/catalog/adopt-api-document.server'
import { parseId } from '~/domain/kernel/ids'
import { requireAdmin } from '~/platform/guards'
import { paths } from '~/platform/paths'
import { notFound, respond } from '~/platform/responses'

export async function loader(args: LoaderFunctionArgs) {
  await requireAdmin(args)
  const productId = parseId('prd', args.params.productId)
  const apiId = parseId('api', args.params.apiId)
  const documentId = parseId('doc', args.params.documentId)
  if (!productId || !apiId || !documentId) throw notFound()
  return redirect(paths.admin.api(productId, apiId), 303)
}

export async function action(args: ActionFunctionArgs) {
  const ctx = await requireAdmin(args)
  const productId = parseId('prd', args.params.productId)
  const apiId = parseId('api', args.params.apiId)
  const documentId = parseId('doc', args.params.documentId)
  if (!productId || !apiId || !documentId) throw notFound()
  return respond(args, await adoptApiDocument(ctx, productId, apiId, documentId), {
    redirectTo: paths.admin.api(productId, apiId),
    notice: ({ version, wasDraft }) => `Version ${version} is ${wasDraft ? 'imported' : 'back'}`,
  })
}
