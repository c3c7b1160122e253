// Decides about several requests in one batch: for each the very statements of the command for one. One event a request;
// what somebody else decided meanwhile, or what cannot be decided so, is skipped and told.
import type { BatchItem } from 'drizzle-orm/batch'
import type { AdminActor } from '~/domain/kernel/actor'
import type { DomainContext } from '~/domain/kernel/context'
import type { DomainError } from '~/domain/kernel/errors'
import type { Id } from '~/domain/kernel/ids'
import type { Outcome } from '~/domain/kernel/outcome'
import { listRequestFacts, type RequestFacts } from './queries.server'

type Decision = {
  statements: readonly BatchItem<'sqlite'>[]
  /** With what they answered: false or null when somebody else was first. */
  settle(results: readonly unknown[]): unknown
}

export async function decideMany(
  ctx: DomainContext<AdminActor>,
  requestIds: readonly Id<'req'>[],
  decide: (request: RequestFacts) => Decision | Promise<Decision>,
  whyNot: (request: RequestFacts) => DomainError | null,
): Promise<Outcome> {
  const chosen = [...new Set(requestIds)]
  const requests = await listRequestFacts(ctx, chosen)
  const fitting = requests.filter((request) => whyNot(request) === null)
  const decisions = await Promise.all(
    fitting.map(async (request) => ({ request, ...(await decide(request)) })),
  )
  const [first, ...more] = decisions.flatMap(({ statements }) => statements)
  const results: unknown[] = first ? await ctx.db.batch([first, ...more]) : []

  const done: string[] = []
  const lost: Id<'req'>[] = []
  let offset = 0
  for (const { request, statements, settle } of decisions) {
    if (settle(results.slice(offset, offset + statements.length))) done.push(request.appName)
    else lost.push(request.id)
    offset += statements.length
  }
  const now = lost.length > 0 ? await listRequestFacts(ctx, lost) : []
  const skipped = [...requests.filter((request) => whyNot(request) !== null), ...now]
  const gone = chosen.length - done.length - skipped.length
  return {
    done,
    skipped: [
      ...skipped.map((request) => `${request.appName}: ${whyNot(request)?.message ?? 'Try again.'}`),
      ...Array.from({ length: gone }, () => 'A request does not exist any more.'),
    ],
  }
}
