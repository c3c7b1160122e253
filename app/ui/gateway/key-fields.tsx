// Which key the call is sent with. Who has none to choose is told what to do, and may paste one.
import { Button, ButtonLink } from '~/ui/button'
import { Callout } from '~/ui/callout'
import { SelectField } from '~/ui/field'
import { PasswordField } from '~/ui/password-field'
import type { OfferedKey } from './key-offer'
import type { TryItProps } from './try-it'
import { type Keys, type Offer, pasted } from './use-keys'

export const keyFieldId = 'call-key-text'

type KeyFieldsProps = { keys: Keys; links: TryItProps['links']; error: string | undefined }

export function KeyFields({ keys, links, error }: KeyFieldsProps) {
  const { offer, chosen, choose, typed, type, mustType } = keys
  if (offer.state === 'loading') {
    return (
      <p role="status" className="text-muted">
        Looking for your keys
      </p>
    )
  }
  const offered = offer.state === 'ready' ? offer.keys : []
  const unfetchable = offered.find(({ id }) => id === chosen && mustType)
  return (
    <div className="flex flex-col gap-3">
      {offered.length > 0 ? (
        <SelectField
          label={offered.some(({ type }) => type === 'oauth_client') ? 'Credential' : 'Key'}
          hint={
            offered.find(({ id }) => id === chosen)?.type === 'oauth_client'
              ? 'The portal gets an access token of this client for the call. Its secret stays where it is.'
              : undefined
          }
          id="call-key"
          name="call-key"
          value={chosen}
          onChange={(event) => choose(event.target.value)}
          options={[
            ...offered.map((key) => ({ value: key.id, label: labelOf(key) })),
            { value: pasted, label: 'Paste a key or an access token' },
          ]}
        />
      ) : (
        <NoKeys offer={offer} links={links} onReload={keys.reload} />
      )}
      {mustType && (
        <PasswordField
          label={offered.length > 0 ? 'The key or token' : 'Or paste a key or an access token'}
          id={keyFieldId}
          name={keyFieldId}
          autoComplete="off"
          value={typed}
          onChange={(event) => type(event.target.value)}
          errors={error ? [error] : null}
          hint={
            unfetchable
              ? 'This key is shown once only, so the portal cannot fetch it. What you paste stays in this page and is gone when you leave it.'
              : 'It stays in this page and is gone when you leave it.'
          }
        />
      )}
    </div>
  )
}

function labelOf({ appName, planName, type, masked, canBeFetched }: OfferedKey): string {
  const what = type === 'api_key' ? `••••${masked.slice(-4)}` : 'OAuth client'
  return `${appName} · ${planName} · ${what}${canBeFetched ? '' : ' (paste it)'}`
}

function NoKeys({
  offer,
  links,
  onReload,
}: {
  offer: Offer
  links: TryItProps['links']
  onReload: () => void
}) {
  if (offer.state !== 'ready') {
    return (
      <Callout
        tone="red"
        title="Your keys could not be loaded"
        action={
          <Button size="sm" onClick={onReload}>
            Try again
          </Button>
        }
      >
        Check your connection, or paste a key.
      </Callout>
    )
  }
  if (offer.reader === 'visitor') {
    return (
      <Callout
        title="You are not logged in"
        action={
          <ButtonLink to={links.login} size="sm">
            Log in
          </ButtonLink>
        }
      >
        Log in to send calls with a key of your apps.
      </Callout>
    )
  }
  if (offer.reader === 'admin')
    return <Callout title="Admins have no keys">Keys belong to the apps of developers.</Callout>
  if (offer.hasPendingRequest) {
    return (
      <Callout
        title="Your request waits for approval"
        action={
          <ButtonLink to={links.apps} size="sm">
            My apps
          </ButtonLink>
        }
      >
        {`You get a key for ${offer.productName} once it is approved.`}
      </Callout>
    )
  }
  return (
    <Callout
      title={`You have no key for ${offer.productName}`}
      action={
        <ButtonLink to={offer.productTo} size="sm">
          Request access
        </ButtonLink>
      }
    >
      Add it to your cart on its page and request access.
    </Callout>
  )
}
