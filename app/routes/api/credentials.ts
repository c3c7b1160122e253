// The credentials of apps over the API. Their secrets are nowhere in it: developers reveal them in the portal.
import { z } from 'zod'
import { type CredentialRow, getCredential, listCredentials } from '~/domain/apps/queries-credentials.server'
import { revokeCredential } from '~/domain/apps/revoke-credential.server'
import { rotateCredential } from '~/domain/apps/rotate-credential.server'
import { rotateCredentialInput } from '~/domain/apps/rotation'
import { idSchema } from '~/domain/kernel/ids'
import { ok } from '~/domain/kernel/result'
import { bodyOf } from '~/platform/api-names'
import { operation } from '~/platform/api-operation'
import { listAnswer, listOf, listQuery, pageOf, time, timeOrNull, timeSchema } from './lists'

const credential = z.strictObject({
  id: idSchema('crd'),
  name: z.string(),
  type: z.enum(['api_key', 'oauth_client']),
  state: z.enum(['active', 'retiring', 'revoked', 'expired']),
  hint: z.string().describe('The last four characters.'),
  access_request_ids: z.array(idSchema('req')).describe('What it serves or served.'),
  replaces_id: idSchema('crd').nullable().describe('The credential that it was rotated from.'),
  expires_at: timeSchema.nullable(),
  retires_at: timeSchema.nullable().describe('When a credential that was rotated stops working.'),
  last_used_at: timeSchema.nullable(),
  created_at: timeSchema,
})
const answer = { name: 'Credential', schema: credential }

const ofApp = '/apps/{app_id}/credentials'
const path = `${ofApp}/{credential_id}` as const
const tag = 'credentials'
const read = { tag, scope: 'credentials:read' } as const
const write = { tag, scope: 'credentials:write' } as const

export const credentialOperations = [
  operation({
    ...read,
    id: 'listCredentials',
    method: 'GET',
    path: ofApp,
    summary: 'List the credentials of an app, newest first',
    query: listQuery({}),
    answer: { name: 'CredentialList', schema: listOf(credential) },
    run: async (ctx, { ids, query }) =>
      ok(listAnswer(await listCredentials(ctx, ids.app_id, pageOf(query)), toAnswer)),
  }),
  operation({
    ...write,
    id: 'rotateCredential',
    method: 'POST',
    path: `${path}/rotate`,
    summary: 'Replace a credential by a new one for the same access',
    description:
      'Answers the new one. `overlap` is how long the old one goes on: `now`, an `hour`, a `day` or a `week`.',
    body: bodyOf('RotateCredential', rotateCredentialInput),
    answer,
    errors: ['already_decided'],
    async run(ctx, { ids, body }) {
      const rotated = await rotateCredential(ctx, ids.app_id, ids.credential_id, body)
      if (!rotated.ok) return rotated
      return ok(toAnswer(await getCredential(ctx, ids.app_id, rotated.value.credentialId)))
    },
  }),
  operation({
    ...write,
    id: 'revokeCredential',
    method: 'POST',
    path: `${path}/revoke`,
    summary: 'Revoke a credential',
    description: 'Approved access that no other credential serves ends with it.',
    answer,
    errors: ['already_decided'],
    async run(ctx, { ids }) {
      const revoked = await revokeCredential(ctx, ids.app_id, ids.credential_id)
      if (!revoked.ok) return revoked
      return ok(toAnswer(await getCredential(ctx, ids.app_id, ids.credential_id)))
    },
  }),
]

function toAnswer(row: CredentialRow): z.output<typeof credential> {
  return {
    id: row.id,
    name: row.name,
    type: row.type,
    state: row.state,
    hint: row.hint,
    access_request_ids: row.requestIds,
    replaces_id: row.replacesId,
    expires_at: timeOrNull(row.expiresAt),
    retires_at: timeOrNull(row.retiresAt),
    last_used_at: timeOrNull(row.lastUsedAt),
    created_at: time(row.createdAt),
  }
}
