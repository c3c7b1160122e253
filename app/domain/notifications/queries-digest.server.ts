// What a digest lists: the facts of each notice that it collected, oldest first.
import { eq, sql } from 'drizzle-orm'
import type { DomainContext } from '~/domain/kernel/context'
import type { EventData } from '~/domain/kernel/events'
import { named, namedOrNull } from '~db/columns'
import { deliveries, emailTemplates, events, organizations } from '~db/schema'
import type { DigestItem } from './mail'
import { mailTemplateOf } from './mail-texts'

export async function listDigestItems(
  ctx: Pick<DomainContext, 'db'>,
  data: EventData,
): Promise<DigestItem[]> {
  const rows = await ctx.db
    .select({
      template: deliveries.template,
      subject: namedOrNull(emailTemplates.subject, 'changed_subject'),
      body: namedOrNull(emailTemplates.bodyMarkdown, 'changed_body'),
      type: events.type,
      actorLabel: events.actorLabel,
      actorType: events.actorType,
      subjectId: events.subjectId,
      appId: events.appId,
      organizationName: namedOrNull(organizations.name, 'organization_name'),
      data: events.data,
      createdAt: named(events.createdAt, 'event_created_at'),
    })
    .from(deliveries)
    .innerJoin(events, eq(events.id, deliveries.eventId))
    .leftJoin(organizations, eq(organizations.id, events.organizationId))
    .leftJoin(emailTemplates, eq(emailTemplates.template, deliveries.template))
    .where(
      sql`${deliveries.id} in (select value from json_each(${JSON.stringify(data['deliveries'] ?? [])}))`,
    )
    .orderBy(events.createdAt, deliveries.id)
  return rows.flatMap(({ template: name, subject, body, ...event }) => {
    const template = mailTemplateOf(name)
    return template
      ? [{ template, text: subject === null || body === null ? null : { subject, body }, event }]
      : []
  })
}
