// The requests of an app that are not approved access: what waits, and what was decided otherwise.
import type { AccessRequestState } from '~/domain/access-requests/access-request'
import { Card, CardBody, CardHeader } from '~/ui/card'
import { DateTime } from '~/ui/date-time'
import { TextLink } from '~/ui/text-link'
import { RequestStateBadge } from './badges'

type Request = {
  id: string
  state: AccessRequestState
  planName: string
  createdAt: number
  products: readonly { name: string }[]
}

type RequestListProps = { requests: readonly Request[]; to: (request: Request) => string; now: number }

export function RequestList({ requests, to, now }: RequestListProps) {
  if (requests.length === 0) return null
  return (
    <Card>
      <CardHeader title="Requests" description="Pending ones first. Approved access stands above." />
      <CardBody>
        <ul className="flex flex-col divide-y divide-line">
          {requests.map((request) => (
            <li
              key={request.id}
              className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1 py-2.5 first:pt-0 last:pb-0"
            >
              <span className="min-w-0 wrap-anywhere">
                <TextLink to={to(request)}>
                  {request.products.map((product) => product.name).join(', ')}
                </TextLink>
                <span className="block text-sm text-muted">
                  Plan {request.planName}, <DateTime value={request.createdAt} now={now} relative />
                </span>
              </span>
              <RequestStateBadge state={request.state} />
            </li>
          ))}
        </ul>
      </CardBody>
    </Card>
  )
}
