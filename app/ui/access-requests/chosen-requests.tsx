// Which requests a page asks about before several are decided at once; and which of them do not wait any more.
import { type AccessRequestState, accessRequestStateLabels } from '~/domain/access-requests/access-request'

type Chosen = {
  id: string
  state: AccessRequestState
  appName: string
  organizationName: string
  planName: string
  products: readonly string[]
}

/** As many as are read before a decision; the number of the others is told. */
const shown = 10

export function ChosenRequests({ requests }: { requests: readonly Chosen[] }) {
  const waiting = requests.filter(({ state }) => state === 'pending')
  const others = requests.filter(({ state }) => state !== 'pending')
  return (
    <>
      <List requests={waiting} note={(one) => `${one.organizationName}, plan ${one.planName}`} />
      {others.length > 0 && (
        <div className="flex flex-col gap-1">
          <p className="text-muted">
            {others.length === 1 ? 'One request was' : `${others.length} requests were`} decided already and
            will be skipped:
          </p>
          <List requests={others} note={({ state }) => accessRequestStateLabels[state].toLowerCase()} />
        </div>
      )}
      {requests.length === 0 && <p className="text-muted">None of these requests exists any more.</p>}
    </>
  )
}

function List({ requests, note }: { requests: readonly Chosen[]; note: (request: Chosen) => string }) {
  if (requests.length === 0) return null
  const more = requests.length - shown
  return (
    <ul className="flex list-disc flex-col gap-0.5 pl-5">
      {requests.slice(0, more === 1 ? shown + 1 : shown).map((request) => (
        <li key={request.id} className="wrap-anywhere">
          {request.appName}: {request.products.join(', ')}{' '}
          <span className="text-muted">({note(request)})</span>
        </li>
      ))}
      {more > 1 && <li className="text-muted">and {more} more</li>}
    </ul>
  )
}
