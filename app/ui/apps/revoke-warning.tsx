// What revoking a key does, in the dialog and on its page.
import { DateTime } from '~/ui/date-time'

type RevokeWarningProps = { products: readonly string[]; lastUsedAt: number | null; now: number }

export function RevokeWarning({ products, lastUsedAt, now }: RevokeWarningProps) {
  return (
    <>
      <p>
        Calls with this key fail within seconds, and it cannot be brought back.
        {products.length > 0 &&
          ` Access to ${products.join(', ')} that no other key serves ends with it; you can request it again.`}
      </p>
      <p>
        Last used: <DateTime value={lastUsedAt} now={now} relative />
      </p>
    </>
  )
}
