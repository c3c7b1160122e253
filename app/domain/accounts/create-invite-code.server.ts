// Makes an invite code for one team. A code that nobody wrote is made of 60 random bits.
import { eq, sql } from 'drizzle-orm'
import type { AdminActor } from '~/domain/kernel/actor'
import type { DomainContext } from '~/domain/kernel/context'
import { fieldError } from '~/domain/kernel/errors'
import { type Id, newId } from '~/domain/kernel/ids'
import { fail, ok, type Result } from '~/domain/kernel/result'
import { nameKey } from '~/domain/kernel/text'
import { violatesUnique } from '~/domain/kernel/unique'
import { named } from '~db/columns'
import { recordEvent } from '~db/record-event'
import { inviteCodes, organizations, teams } from '~db/schema'
import { type CreateInviteCodeInput, inviteCodeHint } from './invite-code'

export const dayIsPast = 'This day is past. Choose a later one, or leave the field empty.'

export async function createInviteCode(
  ctx: DomainContext<AdminActor>,
  input: CreateInviteCodeInput,
): Promise<Result<{ codeId: Id<'code'>; code: string }>> {
  if (input.expiresAt !== null && input.expiresAt <= ctx.now) return fail(fieldError('expiresAt', dayIsPast))
  const [team] = await ctx.db
    .select({
      name: named(teams.name, 'team_name'),
      organizationId: teams.organizationId,
      organizationName: named(organizations.name, 'organization_name'),
    })
    .from(teams)
    .innerJoin(organizations, eq(organizations.id, teams.organizationId))
    .where(eq(teams.id, input.teamId))
  const noTeam = fieldError('teamId', 'This team does not exist any more. Choose another one.')
  if (!team) return fail(noTeam)

  const id = newId('code', ctx.now)
  const code = input.code ?? generateCode()
  const event = recordEvent(
    ctx,
    {
      type: 'invite_code.created',
      subjectType: 'invite_code',
      subjectId: id,
      organizationId: team.organizationId,
      data: {
        name: inviteCodeHint(code),
        team: team.name,
        organization: team.organizationName,
        uses: input.maxUses,
      },
    },
    sql`exists (select 1 from ${inviteCodes} where ${inviteCodes.id} = ${id})`,
  )
  try {
    const [inserted] = await ctx.db.batch([
      ctx.db
        .insert(inviteCodes)
        .select(
          sql`select ${id} as id, ${code} as code, ${nameKey(code)} as code_key, t.organization_id as organization_id, t.id as team_id,
            ${input.maxUses} as max_uses, 0 as uses, ${input.expiresAt} as expires_at, 1 as active, ${ctx.actor.userId} as created_by_id,
            ${ctx.now} as created_at from teams t where t.id = ${input.teamId}`,
        )
        .returning({ id: inviteCodes.id }),
      event.statement,
    ])
    if (!inserted[0]) return fail(noTeam)
  } catch (error) {
    if (!violatesUnique(error, 'invite_codes.code_key')) throw error
    return fail(fieldError('code', 'There is such a code already. Choose another one.', 'conflict'))
  }
  ctx.announce(event.id)
  return ok({ codeId: id, code })
}

/** Crockford's alphabet: no letter that is taken for a digit. */
const letters = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

function generateCode(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(12))
  const text = [...bytes].map((byte) => letters[byte % 32]).join('')
  return `${text.slice(0, 4)}-${text.slice(4, 8)}-${text.slice(8)}`
}
