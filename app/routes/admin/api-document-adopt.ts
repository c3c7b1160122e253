// The buttons **Import** of a document that was checked, and **Restore** of an earlier one.
import { type ActionFunctionArgs, type LoaderFunctionArgs, redirect } from '@remix-run/cloudflare'
import { adoptApiDocument } from '~/domain/catalog/adopt-api-document.server'
import { requireAdmin } from '~/platform/guards'
import { idParam } from '~/platform/params'
import { paths } from '~/platform/paths'
import { respond } from '~/platform/responses'

export async function loader(args: LoaderFunctionArgs) {
  await requireAdmin(args)
  const productId = idParam(args, 'prd', 'productId')
  const apiId = idParam(args, 'api', 'apiId')
  idParam(args, 'doc', 'documentId')
  return redirect(paths.admin.api(productId, apiId), 303)
}

export async function action(args: ActionFunctionArgs) {
  const ctx = await requireAdmin(args)
  const productId = idParam(args, 'prd', 'productId')
  const apiId = idParam(args, 'api', 'apiId')
  const documentId = idParam(args, 'doc', 'documentId')
  return respond(args, await adoptApiDocument(ctx, productId, apiId, documentId), {
    redirectTo: paths.admin.api(productId, apiId),
    notice: ({ version, wasDraft }) => `Version ${version} is ${wasDraft ? 'imported' : 'back'}`,
  })
}
