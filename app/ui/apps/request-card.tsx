// A request that waits for a decision, or was turned down with a reason.
import { Form } from '@remix-run/react'
import type { AccessRequestState } from '~/domain/access-requests/access-request'
import { PlanTerms, type Terms } from '~/ui/access-requests/plan-terms'
import { SubmitButton } from '~/ui/button'
import { Callout } from '~/ui/callout'
import { Card, CardBody, CardFooter, CardHeader } from '~/ui/card'
import { DateTime } from '~/ui/date-time'
import { DefinitionList } from '~/ui/definition-list'
import { RequestStateBadge } from './badges'

type Request = Terms & {
  state: AccessRequestState
  planName: string
  /** The plan that it would change; null for access that the app does not have yet. */
  planBefore: string | null
  catalogName: string
  note: string
  rejectionReason: string | null
  createdAt: number
  products: readonly { name: string }[]
}

function titleOf({ state, planBefore }: Request): string {
  const subject = planBefore ? 'Change of plan' : null
  if (state === 'pending') return subject ? `${subject} waiting for approval` : 'Waiting for approval'
  return subject ? `${subject} not approved` : 'Not approved'
}

type RequestCardProps = { request: Request; withdrawTo: string | null; now: number }

export function RequestCard({ request, withdrawTo, now }: RequestCardProps) {
  const names = request.products.map((product) => product.name).join(', ')
  return (
    <Card>
      <CardHeader
        title={titleOf(request)}
        description={names}
        actions={<RequestStateBadge state={request.state} />}
      />
      <CardBody className="flex flex-col gap-4">
        {request.state === 'rejected' && (
          <Callout tone="red" title={request.rejectionReason ? 'Reason' : 'No reason was given'}>
            {request.rejectionReason}
          </Callout>
        )}
        <DefinitionList
          items={[
            {
              term: `Plan ${request.planName}`,
              value: (
                <>
                  <span className="text-muted">
                    {request.planBefore
                      ? `instead of ${request.planBefore}, which stays in force ${request.state === 'pending' ? 'until this is approved' : ''}`
                      : `from ${request.catalogName}`}
                  </span>
                  <PlanTerms terms={request} />
                </>
              ),
            },
            ...(request.note
              ? [{ term: 'Note', value: <p className="whitespace-pre-line">{request.note}</p> }]
              : []),
            { term: 'Requested', value: <DateTime value={request.createdAt} now={now} relative /> },
          ]}
        />
      </CardBody>
      {withdrawTo && (
        <CardFooter className="justify-end">
          <Form method="post" action={withdrawTo}>
            <SubmitButton variant="secondary" size="sm">
              Withdraw
            </SubmitButton>
          </Form>
        </CardFooter>
      )}
    </Card>
  )
}
