// What stops when an app is deleted, line by line; what does not concern it is left out.
import { countOf } from '~/ui/count-of'
import { DateTime } from '~/ui/date-time'

type AppDeletionFactsProps = {
  app: { keys: number; products: readonly string[]; pending: readonly unknown[]; lastUsedAt: number | null }
  now: number
}

export function AppDeletionFacts({ app, now }: AppDeletionFactsProps) {
  const { keys, products, pending } = app
  return (
    <ul className="flex list-disc flex-col gap-1 pl-5">
      {keys > 0 && (
        <li>
          {countOf(keys, 'key stops', 'keys stop')} working within seconds. Last used:{' '}
          <DateTime value={app.lastUsedAt} now={now} relative />.
        </li>
      )}
      {products.length > 0 && <li>Access to {products.join(', ')} ends.</li>}
      {pending.length > 0 && (
        <li>{countOf(pending.length, 'open access request is', 'open access requests are')} withdrawn.</li>
      )}
      <li>The activity keeps the name and what was done. Nothing brings the app back.</li>
    </ul>
  )
}
