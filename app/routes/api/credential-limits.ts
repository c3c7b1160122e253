// The limits that people set on a credential within its plan, over the API: lists and moments instead of a form's texts.
import { z } from 'zod'
import { changeCredentialLimits } from '~/domain/apps/change-credential-limits.server'
import { changeLimitsInput, limitableMethods, minuteText } from '~/domain/apps/credential-limits'
import { findCredentialLimits } from '~/domain/apps/queries-limits.server'
import type { AdminActor } from '~/domain/kernel/actor'
import type { DomainContext } from '~/domain/kernel/context'
import { NotFoundError } from '~/domain/kernel/errors'
import { type Id, idSchema } from '~/domain/kernel/ids'
import { ok } from '~/domain/kernel/result'
import { bodyOf } from '~/platform/api-names'
import { operation } from '~/platform/api-operation'
import { asTyped, timeOrNull, timeSchema } from './lists'

const limits = z.strictObject({
  credential_id: idSchema('crd'),
  name: z.string(),
  ip_ranges: z.array(z.string()).describe('Addresses and CIDR ranges; an empty list is any.'),
  methods: z.array(z.enum(limitableMethods)).describe('An empty list is any.'),
  paths: z.array(z.string()).describe('Patterns behind the API’s address; an empty list is any.'),
  not_before: timeSchema.nullable(),
  own_expires_at: timeSchema.nullable().describe('Set by people; the credential ends at the earlier one.'),
  plan_expires_at: timeSchema.nullable().describe('Set by the plan.'),
  version: z.int().describe('Send it along to be told when somebody changed the limits meanwhile.'),
})
const answer = { name: 'CredentialLimits', schema: limits }

const lines = z.array(z.string().max(300, 'At most 300 characters.')).max(50, 'At most 50 entries.')
const moment = z.iso.datetime({ error: 'Write the time like 2030-12-31T23:59:00Z.' }).nullable()
const changes = z.object({
  name: z.string().max(1000).optional(),
  ipRanges: lines.optional(),
  methods: z
    .array(z.enum(limitableMethods, { error: 'The gateway does not pass this method on.' }))
    .optional(),
  paths: lines.optional(),
  notBefore: moment.optional().describe('To the minute.'),
  ownExpiresAt: moment.optional().describe('To the minute.'),
  version: z.int().min(0).optional(),
})

const path = '/apps/{app_id}/credentials/{credential_id}/limits'
const tag = 'credentials'

export const credentialLimitOperations = [
  operation({
    tag,
    scope: 'credentials:read',
    id: 'getCredentialLimits',
    method: 'GET',
    path,
    summary: 'Get the limits that people set on a credential',
    answer,
    run: async (ctx, { ids }) => ok(toAnswer(await one(ctx, ids.app_id, ids.credential_id))),
  }),
  operation({
    tag,
    scope: 'credentials:write',
    id: 'changeCredentialLimits',
    method: 'PATCH',
    path,
    summary: 'Change the limits of a credential',
    description:
      'What is left out stays as it is. The owner of the app is told by mail. Only a credential that works has limits to change.',
    body: bodyOf('ChangeCredentialLimits', changes),
    answer,
    errors: ['already_decided', 'conflict'],
    async run(ctx, { ids, body }) {
      const now = await one(ctx, ids.app_id, ids.credential_id)
      const input = asTyped(changeLimitsInput, {
        name: body.name ?? now.name,
        ipRanges: (body.ipRanges ?? now.limits.ipRanges).join('\n'),
        methods: body.methods ?? now.limits.methods,
        paths: (body.paths ?? now.limits.paths).join('\n'),
        notBefore: minuteOf(body.notBefore, now.limits.notBefore),
        ownExpiresAt: minuteOf(body.ownExpiresAt, now.limits.ownExpiresAt),
        version: body.version ?? now.version,
      })
      if (!input.ok) return input
      const changed = await changeCredentialLimits(ctx, ids.app_id, ids.credential_id, input.value)
      return changed.ok ? ok(toAnswer(await one(ctx, ids.app_id, ids.credential_id))) : changed
    },
  }),
]

type Found = NonNullable<Awaited<ReturnType<typeof findCredentialLimits>>>

async function one(ctx: DomainContext<AdminActor>, appId: Id<'app'>, id: Id<'crd'>): Promise<Found> {
  const found = await findCredentialLimits(ctx, appId, id)
  if (!found) throw new NotFoundError(`credential ${id}`)
  return found
}

function minuteOf(given: string | null | undefined, now: number | null): string {
  return minuteText(given === undefined ? now : given === null ? null : Date.parse(given))
}

function toAnswer({ id, name, limits: own, planExpiresAt, version }: Found): z.output<typeof limits> {
  return {
    credential_id: id,
    name,
    ip_ranges: own.ipRanges,
    methods: limitableMethods.filter((method) => own.methods.includes(method)),
    paths: own.paths,
    not_before: timeOrNull(own.notBefore),
    own_expires_at: timeOrNull(own.ownExpiresAt),
    plan_expires_at: timeOrNull(planExpiresAt),
    version,
  }
}
