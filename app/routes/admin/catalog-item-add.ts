// Puts a product or a plan into a catalog.
import { type ActionFunctionArgs, type LoaderFunctionArgs, redirect } from '@remix-run/cloudflare'
import { catalogItemInput } from '~/domain/catalog/catalog'
import { offerInCatalog } from '~/domain/catalog/offer-in-catalog.server'
import { parseId } from '~/domain/kernel/ids'
import { parseForm } from '~/platform/forms'
import { requireAdmin } from '~/platform/guards'
import { paths } from '~/platform/paths'
import { notFound, respond } from '~/platform/responses'

export async function loader(args: LoaderFunctionArgs) {
  await requireAdmin(args)
  const catalogId = parseId('cat', args.params.catalogId)
  if (!catalogId) throw notFound()
  return redirect(paths.admin.catalog(catalogId), 303)
}

export async function action(args: ActionFunctionArgs) {
  const ctx = await requireAdmin(args)
  const catalogId = parseId('cat', args.params.catalogId)
  if (!catalogId) throw notFound()
  const form = await parseForm(args.request, catalogItemInput)
  if (!form.ok) throw notFound()
  return respond(args, await offerInCatalog(ctx, catalogId, form.value), {
    redirectTo: paths.admin.catalog(catalogId),
    notice: ({ name }) => `${name} is in this catalog`,
  })
}
