import type { LoaderFunctionArgs } from '@remix-run/cloudflare'
import { appUsageFile } from '~/platform/app-calls-pages'
import { requireAdmin } from '~/platform/guards'

export async function loader(args: LoaderFunctionArgs) {
  const ctx = await requireAdmin(args)
  return appUsageFile(args, ctx)
}
