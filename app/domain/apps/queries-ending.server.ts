// Credentials whose time is over, or soon will be, with the names that their events carry.
import { and, asc, eq, type SQL, sql } from 'drizzle-orm'
import type { DomainContext } from '~/domain/kernel/context'
import type { NewEvent } from '~/domain/kernel/events'
import { apps, credentials } from '~db/schema'
import { endInWords } from './expiry'

/** A statement: at most `limit` of them, those that end first before the others. */
export function endingCredentials({ db }: DomainContext, condition: SQL | undefined, limit: number) {
  return db
    .select({
      id: credentials.id,
      name: credentials.name,
      hint: credentials.hint,
      type: credentials.type,
      expiresAt: credentials.expiresAt,
      appId: credentials.appId,
      appName: sql<string>`${apps.name}`.as('app_name'),
      organizationId: apps.organizationId,
      products: sql<
        string[]
      >`(select json_group_array(name) from (select distinct p.name as name from credential_requests x
          join access_requests r on r.id = x.request_id and r.state = 'approved'
          join access_request_products a on a.request_id = r.id join products p on p.id = a.product_id
          where x.credential_id = ${credentials}.id order by p.name))`
        .mapWith((text: string) => JSON.parse(text) as string[])
        .as('product_names'),
    })
    .from(credentials)
    .innerJoin(apps, eq(apps.id, credentials.appId))
    .where(and(sql`credentials.state in ('active', 'retiring')`, condition))
    .orderBy(asc(credentials.expiresAt))
    .limit(limit)
}

export type EndingCredential = Awaited<ReturnType<typeof endingCredentials>>[number]

export function endingEvent(
  type: 'credential.expiring' | 'credential.expired',
  credential: EndingCredential,
  days?: number,
): NewEvent {
  const { id, appId, organizationId, name, hint, appName, products, expiresAt } = credential
  return {
    type,
    subjectType: 'credential',
    subjectId: id,
    organizationId,
    appId,
    data: {
      credential: name,
      hint,
      credentialType: credential.type,
      app: appName,
      products,
      expires: endInWords(expiresAt ?? 0),
      ...(days === undefined ? {} : { days }),
    },
  }
}
