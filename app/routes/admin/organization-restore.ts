// The item **Restore**.
import { type ActionFunctionArgs, type LoaderFunctionArgs, redirect } from '@remix-run/cloudflare'
import { parseId } from '~/domain/kernel/ids'
import { restoreOrganization } from '~/domain/organizations/restore-organization.server'
import { requireAdmin } from '~/platform/guards'
import { paths } from '~/platform/paths'
import { notFound, respond } from '~/platform/responses'

export async function loader(args: LoaderFunctionArgs) {
  await requireAdmin(args)
  const organizationId = parseId('org', args.params.organizationId)
  if (!organizationId) throw notFound()
  return redirect(paths.admin.organization(organizationId), 303)
}

export async function action(args: ActionFunctionArgs) {
  const ctx = await requireAdmin(args)
  const organizationId = parseId('org', args.params.organizationId)
  if (!organizationId) throw notFound()
  return respond(args, await restoreOrganization(ctx, organizationId), {
    redirectTo: paths.admin.organization(organizationId),
    notice: ({ name }) => `${name} is active again`,
  })
}
