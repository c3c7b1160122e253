// What revoking a credential does, in the dialog and on its page.
import { type CredentialState, type CredentialType, revokedWord } from '~/domain/apps/credential'
import { DateTime } from '~/ui/date-time'

type RevokeWarningProps = {
  credential: { type: CredentialType; state: CredentialState }
  products: readonly string[]
  lastUsedAt: number | null
  now: number
}

const effects: Record<string, string> = {
  key: 'Calls with this key fail within seconds, and it cannot be brought back.',
  client:
    'This client gets no more access tokens, those that it has fail within seconds, and it cannot be brought back.',
  secret:
    'This old secret gets no more access tokens, and those that it got fail within seconds. The current secret works on.',
}

export function RevokeWarning({ credential, products, lastUsedAt, now }: RevokeWarningProps) {
  const word = revokedWord(credential)
  return (
    <>
      <p>
        {effects[word]}
        {products.length > 0 &&
          word !== 'secret' &&
          ` Access to ${products.join(', ')} that no other credential serves ends with it; you can request it again.`}
      </p>
      <p>
        Last used: <DateTime value={lastUsedAt} now={now} relative />
      </p>
    </>
  )
}
