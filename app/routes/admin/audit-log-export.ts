import type { LoaderFunctionArgs } from '@remix-run/cloudflare'
import { auditLogFilter } from '~/domain/notifications/audit-log'
import { describeEvent } from '~/domain/notifications/describe-event'
import { exportEvents } from '~/domain/notifications/queries-audit.server'
import { csvResponse, jsonLinesResponse } from '~/platform/csv'
import { requireAdmin } from '~/platform/guards'

const header = [
  'Time (UTC)',
  'Who',
  'What',
  'Type',
  'Subject',
  'Organization',
  'Address',
  'Country',
  'Program',
  'Request',
  'Event',
  'Data',
]

export async function loader(args: LoaderFunctionArgs) {
  const ctx = await requireAdmin(args)
  const params = new URL(args.request.url).searchParams
  const pages = exportEvents(ctx, auditLogFilter(params))
  if (params.get('format') === 'jsonl') return jsonLinesResponse('audit-log', pages)
  return csvResponse('audit-log', header, pages, (entry) => [
    new Date(entry.createdAt).toISOString(),
    entry.actorLabel,
    describeEvent(entry),
    entry.type,
    entry.subjectId,
    entry.organizationId,
    entry.ip,
    entry.country,
    entry.userAgent,
    entry.requestId,
    entry.id,
    JSON.stringify(entry.data),
  ])
}
