// When a key was last used, for which API and from which country; what is not known is left out.
import { DateTime } from '~/ui/date-time'

export type LastUse = {
  lastUsedAt: number | null
  lastUsedApi: string | null
  lastUsedCountry: string | null
}

export function LastUseText({ use, now }: { use: LastUse; now: number }) {
  return (
    <>
      <DateTime value={use.lastUsedAt} now={now} relative empty="Never used" />
      {use.lastUsedAt !== null && (
        <span className="text-muted">
          {use.lastUsedApi && `, for ${use.lastUsedApi}`}
          {use.lastUsedCountry && `, from ${use.lastUsedCountry}`}
        </span>
      )}
    </>
  )
}
