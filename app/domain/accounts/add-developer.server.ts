// An admin (or the demo) makes a developer's account in an organization and its teams. With a password it is active at
// once; without one it waits as invited. The default team always belongs to it.
import { sql } from 'drizzle-orm'
import type { AdminActor, SystemActor } from '~/domain/kernel/actor'
import type { DomainContext } from '~/domain/kernel/context'
import { fieldError } from '~/domain/kernel/errors'
import { newId, type UserId } from '~/domain/kernel/ids'
import { fail, ok, type Result } from '~/domain/kernel/result'
import { recordEvent } from '~db/record-event'
import type { AddDeveloperInput } from './account'
import { addressTaken, hashGivenPassword } from './given-account.server'
import { insertTeamMemberships, insertUser, userInserted } from './new-user.server'

export async function addDeveloper(
  ctx: DomainContext<AdminActor | SystemActor>,
  input: AddDeveloperInput,
): Promise<Result<{ userId: UserId }>> {
  const hashed = await hashGivenPassword(ctx, input)
  if (!hashed.ok) return hashed
  const passwordHash = hashed.value
  const id = newId('usr', ctx.now)
  const event = recordEvent(
    ctx,
    {
      type: 'user.added',
      subjectType: 'user',
      subjectId: id,
      organizationId: input.organizationId,
      data: {
        name: `${input.firstName} ${input.lastName}`,
        email: input.email,
        state: passwordHash ? 'active' : 'invited',
      },
    },
    userInserted(id),
  )
  const teamIds = [...new Set(input.teamIds)]
  const [inserted] = await ctx.db.batch([
    insertUser(
      ctx,
      {
        id,
        email: input.email,
        firstName: input.firstName,
        lastName: input.lastName,
        state: passwordHash ? 'active' : 'invited',
        passwordHash,
        mustChangePassword: passwordHash !== null && input.mustChangePassword,
        // Whoever adds a person vouches for the address.
        emailVerifiedAt: passwordHash ? ctx.now : null,
        place: { organizationId: sql`${input.organizationId}`, orgRole: input.orgRole },
      },
      sql`exists (select 1 from organizations where id = ${input.organizationId} and state in ('active', 'suspended'))
        and (select count(*) from teams where organization_id = ${input.organizationId}
          and id in (select value from json_each(${JSON.stringify(teamIds)}))) = ${teamIds.length}`,
    ),
    insertTeamMemberships(ctx, id, sql`t.id in (select value from json_each(${JSON.stringify(teamIds)}))`),
    event.statement,
  ])
  if (!inserted[0]) {
    return fail(
      (await addressTaken(ctx, input.email)) ??
        fieldError(
          'organizationId',
          'This organization or one of its teams does not exist any more. Choose again.',
        ),
    )
  }
  ctx.announce(event.id)
  return ok({ userId: id })
}
