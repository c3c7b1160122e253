// What the pages about the calls of one app load, for whoever sees it: the routes of admins and of developers differ by
// their guard and by their addresses.
import type { LoaderFunctionArgs } from '@remix-run/cloudflare'
import { usageShown } from '~/domain/gateway/app-usage-view'
import { exportAppUsage, getAppUsage } from '~/domain/gateway/queries-app-usage.server'
import { getRefusedCalls } from '~/domain/gateway/queries-refused-calls.server'
import { refusalChoices, refusedCallFilter } from '~/domain/gateway/refused-call'
import { usageExportHeader, usageExportRow } from '~/domain/gateway/usage-export'
import { usageRange, usageRanges } from '~/domain/gateway/usage-report'
import type { AdminActor, DeveloperActor } from '~/domain/kernel/actor'
import type { DomainContext } from '~/domain/kernel/context'
import { pageRequest } from '~/domain/kernel/page'
import { csvResponse } from './csv'
import { idParam } from './params'
import { orNotFound } from './responses'

type Reader = DomainContext<AdminActor | DeveloperActor>

/** `usageAt` is the address of the page itself. */
export async function appUsage(args: LoaderFunctionArgs, ctx: Reader, usageAt: (appId: string) => string) {
  const appId = idParam(args, 'app', 'appId')
  const range = rangeOf(args)
  const usage = await orNotFound(getAppUsage(ctx, appId, range))
  const address = usageAt(appId)
  return {
    app: usage.app,
    shown: usageShown(usage, range, ctx.now),
    ranges: usageRanges.map(({ value, label }) => ({ value, label, to: `${address}?range=${value}` })),
  }
}

export async function appUsageFile(args: LoaderFunctionArgs, ctx: Reader) {
  const range = rangeOf(args)
  const { days } = await orNotFound(exportAppUsage(ctx, idParam(args, 'app', 'appId'), range))
  return csvResponse(`usage-${range.value}`, usageExportHeader, days, usageExportRow)
}

export async function appRefusedCalls(args: LoaderFunctionArgs, ctx: Reader) {
  const params = new URL(args.request.url).searchParams
  const filter = refusedCallFilter(params)
  const request = { ...filter, page: pageRequest(params) }
  const list = await orNotFound(getRefusedCalls(ctx, idParam(args, 'app', 'appId'), request))
  return { ...list, filter, choices: refusalChoices(), now: ctx.now }
}

function rangeOf({ request }: LoaderFunctionArgs) {
  return usageRange(new URL(request.url).searchParams.get('range'))
}
