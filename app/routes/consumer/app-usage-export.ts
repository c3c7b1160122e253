import type { LoaderFunctionArgs } from '@remix-run/cloudflare'
import { appUsageFile } from '~/platform/app-calls-pages'
import { requireDeveloper } from '~/platform/guards'

export async function loader(args: LoaderFunctionArgs) {
  const ctx = await requireDeveloper(args)
  return appUsageFile(args, ctx)
}
