// Every address that is none of the portal's: the page that says so, in the frame by which one goes on.
import type { LoaderFunctionArgs } from '@remix-run/cloudflare'
import { requireVisitor } from '~/platform/guards'
import { notFound } from '~/platform/responses'

export async function loader(args: LoaderFunctionArgs): Promise<never> {
  await requireVisitor(args)
  throw notFound()
}

export async function action(args: LoaderFunctionArgs): Promise<never> {
  await requireVisitor(args)
  throw notFound()
}

export default function UnknownAddress() {
  return null
}
