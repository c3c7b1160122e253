// What happens when a scanner has found credentials in public: their people are told once for each place, and by setting
// the credentials are revoked. What the scanner sent is compared by its SHA-256 and goes nowhere else.
import { eq, inArray, sql } from 'drizzle-orm'
import type { SystemActor } from '~/domain/kernel/actor'
import type { DomainContext } from '~/domain/kernel/context'
import { settingsOf, settingsQuery } from '~/domain/settings/queries.server'
import { recordEvent } from '~db/record-event'
import { apps, credentials, events } from '~db/schema'
import { isWellFormedApiKey, isWellFormedClientSecret } from './credential-key'
import { type LeakReport, placeOfLeak } from './leak'
import { revokeCredential } from './revoke-credential.server'

export type LeakVerdict = { tokenHash: string; type: string; isOurs: boolean }

/** A verdict for each report, in its order: whether it is a credential that this portal has issued. */
export async function reportLeakedCredentials(
  ctx: DomainContext<SystemActor>,
  reports: readonly LeakReport[],
): Promise<LeakVerdict[]> {
  const hashes = await Promise.all(reports.map(({ token }) => ctx.tokens.hash(token)))
  const candidates = hashes.filter((_, at) => canBeOurs(reports[at]?.token ?? ''))
  const [settingsRows, found] = await ctx.db.batch([settingsQuery(ctx.db), credentialsOf(ctx, candidates)])
  const { revokeLeakedCredentials } = settingsOf(settingsRows)
  const byHash = new Map(found.map((credential) => [credential.secretHash, credential]))
  const working = reports.flatMap((report, at) => {
    const credential = byHash.get(hashes[at] ?? '')
    return credential && (credential.state === 'active' || credential.state === 'retiring')
      ? [{ credential, place: placeOfLeak(report.url) }]
      : []
  })
  for (const { credential, place } of working) await tell(ctx, credential, place, revokeLeakedCredentials)
  if (revokeLeakedCredentials)
    for (const { credential } of working) await revokeCredential(ctx, credential.appId, credential.id)
  return reports.map(({ type }, at) => ({
    tokenHash: hashes[at] ?? '',
    type,
    isOurs: byHash.has(hashes[at] ?? ''),
  }))
}

/** What the checksum does not rule out. */
function canBeOurs(token: string): boolean {
  return isWellFormedApiKey(token) || isWellFormedClientSecret(token)
}

function credentialsOf({ db }: DomainContext, hashes: readonly string[]) {
  return db
    .select({
      id: credentials.id,
      secretHash: credentials.secretHash,
      state: credentials.state,
      type: credentials.type,
      name: credentials.name,
      hint: credentials.hint,
      appId: credentials.appId,
      appName: sql<string>`${apps.name}`.as('app_name'),
      organizationId: apps.organizationId,
    })
    .from(credentials)
    .innerJoin(apps, eq(apps.id, credentials.appId))
    .where(inArray(credentials.secretHash, sql`(select value from json_each(${JSON.stringify(hashes)}))`))
}

type Leaked = Awaited<ReturnType<typeof credentialsOf>>[number]

/** Once for each place, however often and by how many it is reported. */
async function tell(
  ctx: DomainContext<SystemActor>,
  { id, appId, organizationId, name, hint, type, appName }: Leaked,
  place: string | null,
  revokes: boolean,
): Promise<void> {
  const event = recordEvent(
    ctx,
    {
      type: 'credential.leaked',
      subjectType: 'credential',
      subjectId: id,
      organizationId,
      appId,
      data: { credential: name, hint, credentialType: type, app: appName, place, revokes },
    },
    sql`not exists (select 1 from events e where e.subject_id = ${id} and e.type = 'credential.leaked'
      and json_extract(e.data, '$.place') is ${place})`,
  )
  const [written] = await ctx.db.batch([event.statement.returning({ id: events.id })])
  if (written[0]) ctx.announce(event.id)
}
