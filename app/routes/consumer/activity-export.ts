import type { LoaderFunctionArgs } from '@remix-run/cloudflare'
import { describeEvent } from '~/domain/notifications/describe-event'
import { activityFilter } from '~/domain/notifications/organization-activity'
import { type ActivityEntry, exportActivity } from '~/domain/notifications/queries-activity.server'
import { csvResponse } from '~/platform/csv'
import { requireSuperAdmin } from '~/platform/guards'

export async function loader(args: LoaderFunctionArgs) {
  const ctx = await requireSuperAdmin(args)
  const filter = activityFilter(new URL(args.request.url).searchParams)
  return csvResponse(
    'activity',
    ['Time (UTC)', 'Who', 'What', 'Type', 'Address', 'Country', 'Program'],
    linesOf(exportActivity(ctx, filter)),
  )
}

async function* linesOf(pages: AsyncIterable<ActivityEntry[]>) {
  for await (const page of pages) {
    yield page.map((entry) => [
      new Date(entry.createdAt).toISOString(),
      entry.actorLabel,
      describeEvent(entry),
      entry.type,
      entry.ip,
      entry.country,
      entry.userAgent,
    ])
  }
}
