// One credential of an app: its secret behind its reveal form, where to call, what it may call under which terms, and
// how much of the limits is used.
import {
  bearerPlaceholders,
  type CredentialState,
  type CredentialType,
  credentialHeader,
  credentialWords,
  revokedWord,
} from '~/domain/apps/credential'
import type { Standstill } from '~/domain/apps/standstill'
import type { QuotaPeriod } from '~/domain/catalog/quota-period'
import { PlanTerms, type Terms } from '~/ui/access-requests/plan-terms'
import { ButtonLink } from '~/ui/button'
import { Card, CardBody, CardFooter, CardHeader } from '~/ui/card'
import { CodeBlock } from '~/ui/code-block'
import { ConfirmDialog } from '~/ui/confirm-dialog'
import { DateTime } from '~/ui/date-time'
import { DefinitionList } from '~/ui/definition-list'
import { TextLink } from '~/ui/text-link'
import { UsageBar } from '~/ui/usage-bar'
import { CredentialStateBadge } from './badges'
import { ClientAccess, ClientId } from './client-access'
import { CredentialSecret } from './credential-secret'
import { type LastUse, LastUseText } from './last-use'
import { OverlapNote } from './overlap-note'
import { ownLimitItems } from './own-limits'
import { RevokeWarning } from './revoke-warning'
import { usageBars } from './usage-bars'

type Granted = Terms & {
  id: string
  planName: string
  catalogName: string
  /** Another plan was asked for, and waits for an answer. */
  changeWaits: boolean
  /** Calls that counted for this access, of all its credentials. */
  used: Record<QuotaPeriod, number>
  products: readonly { id: string; name: string; slug: string; isPublished: boolean }[]
}

type Credential = LastUse & {
  id: string
  name: string
  type: CredentialType
  clientId: string | null
  state: CredentialState
  hint: string
  expiresAt: number | null
  retiresAt: number | null
  replacedAt: number | null
  limits: {
    ipRanges: string[]
    methods: string[]
    paths: string[]
    notBefore: number | null
    ownExpiresAt: number | null
  } | null
  createdAt: number
  hasSecret: boolean
  requests: readonly Granted[]
  usage: Record<QuotaPeriod | 'recent', number>
  recentSince: number
  apis: readonly { name: string; baseUrl: string; examplePath: string; keyHeader: string }[]
}

type CredentialCardProps = {
  credential: Credential
  /** Without `reveal` the secret stays masked, and `hiddenWhy` says why. `token` is the token endpoint, for who may call. */
  links: {
    reveal: string | null
    revoke: string
    rotate: string
    limits: string
    token: string | null
    product: (slug: string) => string
    /** Left out where nobody may ask for another plan. */
    changePlan?: ((requestId: string) => string) | undefined
  }
  hiddenWhy: string
  /** What stops the whole app. */
  standstill: Standstill | null
  now: number
}

export function CredentialCard({ credential, links, hiddenWhy, standstill, now }: CredentialCardProps) {
  const products = credential.requests.flatMap((request) => request.products)
  const words = credentialWords[credential.type]
  const works = credential.state === 'active' || credential.state === 'retiring'
  return (
    <Card id={credential.id}>
      <CardHeader
        title={credential.name}
        description={products.map((product) => product.name).join(', ')}
        actions={<CredentialStateBadge state={credential.state} standstill={standstill} />}
      />
      <CardBody className="flex flex-col gap-6">
        {credential.state === 'retiring' && (
          <OverlapNote credential={credential} revokeTo={links.revoke} now={now} />
        )}
        {works && credential.clientId !== null && <ClientId id={credential.clientId} />}
        {works && <CredentialSecret credential={credential} revealTo={links.reveal} hiddenWhy={hiddenWhy} />}
        {/* Whoever sets a program up anew does so with the secret that stays. */}
        {credential.state === 'active' && credential.clientId !== null && links.token !== null && (
          <ClientAccess clientId={credential.clientId} tokenEndpoint={links.token} />
        )}
        {credential.state === 'active' &&
          credential.apis.map((api) => (
            <div key={api.baseUrl} className="flex min-w-0 flex-col gap-2">
              <h3 className="font-medium">{api.name}</h3>
              <CodeBlock inline code={api.baseUrl} label={`Base URL of ${api.name}`} />
              <CodeBlock
                code={`curl -H '${credentialHeader(bearerPlaceholders[credential.type], api.keyHeader).join(': ')}' \\\n  '${api.baseUrl}${api.examplePath}'`}
                label={`Curl command for ${api.name}`}
              />
            </div>
          ))}
        <div className="grid gap-4 sm:grid-cols-2">
          {usageBars(credential).map((bar) => (
            <UsageBar key={bar.label} {...bar} unit="calls" />
          ))}
        </div>
        <DefinitionList
          items={[
            ...credential.requests.map((request) => ({
              term: `Plan ${request.planName}`,
              value: (
                <>
                  {request.products.map((product, at) => (
                    <span key={product.id}>
                      {at > 0 && ', '}
                      {product.isPublished ? (
                        <TextLink to={links.product(product.slug)}>{product.name}</TextLink>
                      ) : (
                        product.name
                      )}
                    </span>
                  ))}
                  <span className="text-muted"> from {request.catalogName}</span>
                  <PlanTerms terms={request} />
                  {works && request.changeWaits && (
                    <span className="block text-sm text-muted">
                      Another plan was asked for. This one stays in force until it is approved.
                    </span>
                  )}
                  {works && !request.changeWaits && links.changePlan && (
                    <TextLink to={links.changePlan(request.id)}>
                      Change plan
                      <span className="sr-only"> {request.planName}</span>
                    </TextLink>
                  )}
                </>
              ),
            })),
            ...ownLimitItems(credential.limits, now),
            {
              term: 'Expires',
              value: (
                <DateTime value={credential.expiresAt} now={now} dayOnly={!credential.limits?.ownExpiresAt} />
              ),
            },
            { term: 'Last used', value: <LastUseText use={credential} now={now} /> },
            { term: 'Issued', value: <DateTime value={credential.createdAt} now={now} dayOnly /> },
          ]}
        />
      </CardBody>
      {credential.state !== 'retiring' && (
        <CardFooter className="justify-end">
          {credential.state === 'active' && (
            <ButtonLink to={links.limits} size="sm">
              Limits
            </ButtonLink>
          )}
          {(credential.state === 'active' || credential.state === 'expired') && (
            <ButtonLink to={links.rotate} size="sm">
              {`Rotate ${words.secret}`}
            </ButtonLink>
          )}
          <ConfirmDialog
            trigger={`Revoke ${revokedWord(credential)}`}
            title={`Revoke the ${revokedWord(credential)} ending in ${credential.hint}?`}
            fallbackTo={links.revoke}
            action={links.revoke}
            confirmLabel={`Revoke ${revokedWord(credential)}`}
            triggerSize="sm"
          >
            <RevokeWarning
              credential={credential}
              products={products.map((product) => product.name)}
              lastUsedAt={credential.lastUsedAt}
              now={now}
            />
          </ConfirmDialog>
        </CardFooter>
      )}
    </Card>
  )
}
