// For Try it: the reader's keys that may call an API, without their secrets, or what somebody without one can do.
import type { LoaderFunctionArgs } from '@remix-run/cloudflare'
import { maskedKey } from '~/domain/apps/credential'
import { getCallingKeys } from '~/domain/apps/queries-keys.server'
import { requireReader } from '~/platform/guards'
import { paths } from '~/platform/paths'
import { orNotFound } from '~/platform/responses'
import type { KeyOffer } from '~/ui/gateway/key-offer'

export async function loader(args: LoaderFunctionArgs) {
  const ctx = await requireReader(args)
  const { slug = '', api = '' } = args.params
  const { productName, keys, hasPendingRequest } = await orNotFound(getCallingKeys(ctx, slug, api))
  const offer: KeyOffer = {
    reader: ctx.actor.type === 'developer' || ctx.actor.type === 'admin' ? ctx.actor.type : 'visitor',
    productName,
    productTo: paths.product(slug),
    hasPendingRequest,
    keys: keys.map(({ credentialId, appId, hint, type, ...key }) => ({
      ...key,
      id: credentialId,
      type,
      masked: maskedKey(hint, type),
      callTo:
        type === 'api_key'
          ? paths.dashboard.callWithCredential(appId, credentialId)
          : paths.dashboard.tokenForCall(appId, credentialId),
    })),
  }
  return Response.json(offer, { headers: { 'Cache-Control': 'no-store' } })
}
