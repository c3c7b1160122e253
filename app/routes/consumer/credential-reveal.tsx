import {
  type ActionFunctionArgs,
  data,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from '@remix-run/cloudflare'
import { useActionData, useLoaderData } from '@remix-run/react'
import { confirmPresence } from '~/domain/accounts/confirm-presence.server'
import { confirmPresenceInput, seeKeyWithinMs, wasThereWithin } from '~/domain/accounts/presence'
import { credentialWords } from '~/domain/apps/credential'
import { findCredential } from '~/domain/apps/queries.server'
import { revealCredential } from '~/domain/apps/reveal-credential.server'
import { appsWithOpenSecrets } from '~/domain/apps/visibility.server'
import { errorStatus } from '~/domain/kernel/errors'
import { challengeTokenOf } from '~/platform/enter'
import { parseForm } from '~/platform/forms'
import { requireDeveloper } from '~/platform/guards'
import { idParam } from '~/platform/params'
import { paths } from '~/platform/paths'
import { failedForm, notFound } from '~/platform/responses'
import { PresenceFields } from '~/ui/accounts/presence-fields'
import { RevealKeyPage } from '~/ui/apps/reveal-key-page'

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: `Reveal ${credentialWords[data?.credential.type ?? 'api_key'].secret}` },
]

export async function loader(args: LoaderFunctionArgs) {
  const ctx = await requireDeveloper(args)
  const appId = idParam(args, 'app', 'appId')
  const credentialId = idParam(args, 'crd', 'credentialId')
  const credential = await findCredential(ctx, appId, credentialId, appsWithOpenSecrets(ctx.actor))
  if (!credential) throw notFound()
  const { factors } = await args.context.scope.viewer()
  return { appId, credential, factors, mustConfirm: !wasThereWithin(ctx.actor, seeKeyWithinMs, ctx.now) }
}

export async function action(args: ActionFunctionArgs) {
  const ctx = await requireDeveloper(args)
  const appId = idParam(args, 'app', 'appId')
  const credentialId = idParam(args, 'crd', 'credentialId')
  const form = await parseForm(args.request, confirmPresenceInput)
  if (!form.ok) return form.response
  const present = await confirmPresence(ctx, form.value, challengeTokenOf(args))
  if (!present.ok) return failedForm(form, present.error)
  const result = await revealCredential(present.value, appId, credentialId)
  const headers = { 'Cache-Control': 'no-store' }
  if (result.ok) return data({ ...result.value, problem: null }, { headers })
  const { code, message } = result.error
  if (code === 'not_found') throw notFound()
  // From the app's page: this one asks who is there.
  if (code === 'proof_needed') return redirect(paths.dashboard.revealCredential(appId, credentialId), 303)
  return data({ secret: null, shownOnce: false, problem: message }, { status: errorStatus[code], headers })
}

export default function CredentialRevealPage() {
  const { appId, credential, factors, mustConfirm } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  return (
    <RevealKeyPage
      credential={credential}
      list={{ label: 'My apps', to: paths.dashboard.apps }}
      appTo={paths.dashboard.app(appId)}
      revealed={answer && 'secret' in answer ? answer : null}
      mustConfirm={mustConfirm}
      lastResult={answer && 'form' in answer ? answer.form : null}
      renderConfirmation={(form) => (
        <PresenceFields form={form} factors={factors} passkeyTo={paths.dashboard.proveFactor} />
      )}
    />
  )
}
