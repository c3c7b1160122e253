// The facts of one access request, for the admin who decides about it.
import type { AccessRequestState } from '~/domain/access-requests/access-request'
import {
  type CredentialState,
  type CredentialType,
  credentialTypeLabels,
  maskedKey,
} from '~/domain/apps/credential'
import { CredentialStateBadge } from '~/ui/apps/badges'
import { DateTime } from '~/ui/date-time'
import { type Definition, DefinitionList } from '~/ui/definition-list'
import { TextLink } from '~/ui/text-link'
import { PlanTerms, type Terms } from './plan-terms'

type Request = Terms & {
  state: AccessRequestState
  note: string
  rejectionReason: string | null
  credentialType: CredentialType
  createdAt: number
  decidedAt: number | null
  deciderName: string | null
  planName: string
  /** The access whose plan it changes, or changed. */
  changes: { planName: string } | null
  remindedAt: number | null
  planArchivedAt: number | null
  appName: string
  appDescription: string
  organizationName: string
  catalogName: string
  requesterName: string | null
  requesterEmail: string | null
}

type RequestFactsProps = {
  request: Request
  products: readonly { name: string; to: string }[]
  credentials: readonly { id: string; hint: string; state: CredentialState; expiresAt: number | null }[]
  appTo: string
  organizationTo: string
  requesterTo: string | null
  now: number
}

export function RequestFacts({
  request,
  products,
  credentials,
  appTo,
  organizationTo,
  requesterTo,
  now,
}: RequestFactsProps) {
  const requester = request.requesterName ?? 'Deleted user'
  const items: (Definition | false)[] = [
    {
      term: 'Products',
      value: (
        <ul>
          {products.map((product) => (
            <li key={product.to}>
              <TextLink to={product.to}>{product.name}</TextLink>
            </li>
          ))}
        </ul>
      ),
    },
    { term: 'Catalog', value: request.catalogName },
    {
      term: 'Plan',
      value: (
        <>
          {request.planName}
          {request.planArchivedAt !== null && <span className="text-muted"> (archived)</span>}
          <PlanTerms terms={request} />
        </>
      ),
    },
    request.changes !== null && {
      term: request.state === 'pending' ? 'Would replace' : 'Asked for instead of',
      value: `The plan ${request.changes.planName}, with the same key`,
    },
    { term: 'Credential', value: credentialTypeLabels[request.credentialType] },
    { term: 'App', value: <TextLink to={appTo}>{request.appName}</TextLink> },
    request.appDescription !== '' && { term: 'App description', value: request.appDescription },
    {
      term: 'Requested by',
      value: (
        <>
          {requesterTo ? <TextLink to={requesterTo}>{requester}</TextLink> : requester}
          {request.requesterEmail && <span className="text-muted"> {request.requesterEmail}</span>}
        </>
      ),
    },
    { term: 'Organization', value: <TextLink to={organizationTo}>{request.organizationName}</TextLink> },
    { term: 'Requested', value: <DateTime value={request.createdAt} now={now} /> },
    request.remindedAt !== null && {
      term: 'Admins reminded',
      value: <DateTime value={request.remindedAt} now={now} />,
    },
    request.note !== '' && {
      term: 'Note',
      value: <p className="max-w-text whitespace-pre-line">{request.note}</p>,
    },
    request.decidedAt !== null && {
      term: 'Decided',
      value: (
        <>
          <DateTime value={request.decidedAt} now={now} />{' '}
          {request.deciderName ? `by ${request.deciderName}` : 'automatically'}
        </>
      ),
    },
    request.rejectionReason !== null && { term: 'Reason', value: request.rejectionReason },
    credentials.length > 0 && {
      term: request.credentialType === 'api_key' ? 'Keys' : 'Secrets',
      value: (
        <ul className="flex flex-col gap-1">
          {credentials.map((credential) => (
            <li key={credential.id} className="flex flex-wrap items-center gap-2">
              <code className="text-sm">{maskedKey(credential.hint, request.credentialType)}</code>
              <CredentialStateBadge state={credential.state} />
              {credential.expiresAt !== null && (
                <span className="text-sm text-muted">
                  expires <DateTime value={credential.expiresAt} now={now} dayOnly />
                </span>
              )}
            </li>
          ))}
        </ul>
      ),
    },
  ]
  return <DefinitionList items={items.filter((item) => item !== false)} />
}
