// An address below /admin that is no page: for admins the menu stands beside the answer.
import type { LoaderFunctionArgs } from '@remix-run/cloudflare'
import { requireAdmin } from '~/platform/guards'
import { notFound } from '~/platform/responses'

export async function loader(args: LoaderFunctionArgs): Promise<never> {
  await requireAdmin(args)
  throw notFound()
}

export async function action(args: LoaderFunctionArgs): Promise<never> {
  await requireAdmin(args)
  throw notFound()
}

export default function UnknownAddress() {
  return null
}
