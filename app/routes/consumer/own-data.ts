// Download my data: everything that the portal knows of whoever asks, as a file.
import type { LoaderFunctionArgs } from '@remix-run/cloudflare'
import { getOwnData } from '~/domain/accounts/queries-own-data.server'
import { requireUser } from '~/platform/guards'
import { orNotFound } from '~/platform/responses'

export async function loader(args: LoaderFunctionArgs) {
  const ctx = await requireUser(args)
  const data = await orNotFound(getOwnData(ctx))
  return new Response(JSON.stringify(data, null, 2), {
    headers: {
      'Content-Type': 'application/json; charset=utf-8',
      'Content-Disposition': 'attachment; filename="my-data.json"',
      'Cache-Control': 'no-store',
    },
  })
}
