import type { LoaderFunctionArgs } from '@remix-run/cloudflare'
import { describeEvent } from '~/domain/notifications/describe-event'
import { activityFilter } from '~/domain/notifications/organization-activity'
import { exportActivity } from '~/domain/notifications/queries-activity.server'
import { csvResponse } from '~/platform/csv'
import { requireSuperAdmin } from '~/platform/guards'

const header = ['Time (UTC)', 'Who', 'What', 'Type', 'Address', 'Country', 'Program']

export async function loader(args: LoaderFunctionArgs) {
  const ctx = await requireSuperAdmin(args)
  const pages = exportActivity(ctx, activityFilter(new URL(args.request.url).searchParams))
  return csvResponse('activity', header, pages, (entry) => [
    new Date(entry.createdAt).toISOString(),
    entry.actorLabel,
    describeEvent(entry),
    entry.type,
    entry.ip,
    entry.country,
    entry.userAgent,
  ])
}
