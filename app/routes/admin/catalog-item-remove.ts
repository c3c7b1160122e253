// Takes a product or a plan out of a catalog.
import { type ActionFunctionArgs, type LoaderFunctionArgs, redirect } from '@remix-run/cloudflare'
import { catalogItemInput } from '~/domain/catalog/catalog'
import { takeFromCatalog } from '~/domain/catalog/take-from-catalog.server'
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
  const form = await parseForm(args.request, catalogItemInput)
  if (!form.ok) throw notFound()
  return respond(args, await takeFromCatalog(ctx, catalogId, form.value), {
    redirectTo: paths.admin.catalog(catalogId),
    notice: ({ name }) => `${name} has left this catalog`,
  })
}
