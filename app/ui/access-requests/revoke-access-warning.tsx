// What ends with approved access, and what depends on it, before an admin revokes it.
import type { CredentialState } from '~/domain/apps/credential'
import { formatNumber } from '~/domain/kernel/number'
import { DateTime } from '~/ui/date-time'

type Dependent = {
  id: string
  name: string
  hint: string
  state: CredentialState
  lastUsedAt: number | null
  callsThisMonth: number
  servesOthers: boolean
}

type RevokeAccessWarningProps = {
  appName: string
  products: readonly { name: string }[]
  credentials: readonly Dependent[]
  now: number
}

export function RevokeAccessWarning({ appName, products, credentials, now }: RevokeAccessWarningProps) {
  return (
    <>
      <p>
        {`${appName} can no longer call ${products.map((product) => product.name).join(', ')}. `}
        Calls fail within seconds. This cannot be undone: the developer has to request access again.
      </p>
      {credentials.length > 0 && (
        <ul className="mt-2 list-disc pl-5">
          {credentials.map((credential) => (
            <li key={credential.id}>
              {`${credential.name} (…${credential.hint}): ${formatNumber(credential.callsThisMonth)} calls this month, last used `}
              <DateTime value={credential.lastUsedAt} now={now} relative empty="never" />
              {credential.servesOthers
                ? '. It stays, because it serves other approved access.'
                : '. It is revoked.'}
            </li>
          ))}
        </ul>
      )}
    </>
  )
}
