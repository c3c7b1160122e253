// Moves a product or a plan of a catalog.
import { type ActionFunctionArgs, type LoaderFunctionArgs, redirect } from '@remix-run/cloudflare'
import { moveCatalogItemInput } from '~/domain/catalog/catalog'
import { moveInCatalog } from '~/domain/catalog/move-in-catalog.server'
import { parseForm } from '~/platform/forms'
import { requireAdmin } from '~/platform/guards'
import { idParam } from '~/platform/params'
import { paths } from '~/platform/paths'
import { notFound, respond } from '~/platform/responses'

export async function loader(args: LoaderFunctionArgs) {
  await requireAdmin(args)
  const catalogId = idParam(args, 'cat', 'catalogId')
  return redirect(paths.admin.catalog(catalogId), 303)
}

export async function action(args: ActionFunctionArgs) {
  const ctx = await requireAdmin(args)
  const catalogId = idParam(args, 'cat', 'catalogId')
  const form = await parseForm(args.request, moveCatalogItemInput)
  if (!form.ok) throw notFound()
  return respond(args, await moveInCatalog(ctx, catalogId, form.value), {
    redirectTo: paths.admin.catalog(catalogId),
    notice: ({ name }) => `${name} is moved`,
  })
}
