import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/cloudflare'
import { useLoaderData } from '@remix-run/react'
import { z } from 'zod'
import { formatNumber } from '~/domain/kernel/number'
import { breakWords, genesis } from '~/domain/notifications/audit-chain'
import { verifyChain } from '~/domain/notifications/queries-chain.server'
import { sealTools } from '~/platform/audit-seal'
import { requireAdmin } from '~/platform/guards'
import { paths } from '~/platform/paths'
import { readAnchor } from '~/platform/seal-audit-log'
import { ButtonLink } from '~/ui/button'
import { Callout } from '~/ui/callout'
import { Card, CardBody, CardFooter } from '~/ui/card'
import { DefinitionList } from '~/ui/definition-list'
import { PageHeader } from '~/ui/page-header'
import { TextLink } from '~/ui/text-link'

export const meta: MetaFunction = () => [{ title: 'Verify the audit log' }]

/** How far the check had come, by the address of its next page. */
const place = z.object({
  seq: z.coerce.number().int().min(0),
  hash: z.string().regex(/^([0-9a-f]{64})?$/),
  unproven: z.coerce.number().int().min(0),
})

export async function loader(args: LoaderFunctionArgs) {
  const ctx = await requireAdmin(args)
  const { env } = args.context.scope
  const parsed = place.safeParse(Object.fromEntries(new URL(args.request.url).searchParams))
  const { unproven, ...head } = parsed.success ? parsed.data : { ...genesis, unproven: 0 }
  const anchor = await readAnchor(env)
  const checked = await verifyChain(ctx, sealTools(env.VAULT_KEYS), { head, unproven }, anchor)
  const { broken } = checked
  return { ...checked, anchorSeq: anchor?.seq ?? null, problem: broken && breakWords[broken.kind] }
}

type Loaded = ReturnType<typeof useLoaderData<typeof loader>>

export default function VerifyAuditLogPage() {
  const data = useLoaderData<typeof loader>()
  const { head, complete, broken } = data
  return (
    <>
      <PageHeader
        title="Verify the audit log"
        breadcrumbs={[{ label: 'Audit log', to: paths.admin.auditLog }]}
        description="Each event is sealed a moment after it happened, and bound to all before it. Here the seals are checked."
      />
      <Verdict data={data} />
      <Card>
        <CardBody>
          <Findings data={data} />
        </CardBody>
        <CardFooter>
          {!complete && !broken && (
            <ButtonLink
              variant="primary"
              to={paths.admin.verifyAuditLogFrom(head.seq, head.hash, data.unproven)}
            >
              Go on
            </ButtonLink>
          )}
          <ButtonLink to={paths.admin.verifyAuditLog}>Start again</ButtonLink>
        </CardFooter>
      </Card>
    </>
  )
}

function Verdict({ data: { complete, broken, problem, unproven, head } }: { data: Loaded }) {
  if (broken)
    return (
      <Callout tone="red" title={`The log was tampered with at entry ${formatNumber(broken.seq)}`}>
        {problem} Everything before it is as it was sealed.
        {broken.eventId && (
          <>
            {' '}
            <TextLink to={paths.admin.auditEvent(broken.eventId)}>{broken.eventId}</TextLink>
          </>
        )}
      </Callout>
    )
  if (!complete)
    return (
      <Callout tone="blue" title={`Unbroken up to entry ${formatNumber(head.seq)}`}>
        There are more. Go on to check them.
      </Callout>
    )
  if (unproven > 0)
    return (
      <Callout tone="amber" title="Unbroken, but not proven to its end">
        The last {formatNumber(unproven)} entries were sealed with a key that this portal no longer has.
      </Callout>
    )
  return (
    <Callout tone="green" title="The log is unbroken">
      Nothing that was sealed has been changed, deleted, put in between or moved.
    </Callout>
  )
}

function Findings({ data: { head, unsealed, anchorSeq } }: { data: Loaded }) {
  return (
    <DefinitionList
      items={[
        { term: 'Checked up to', value: `Entry ${formatNumber(head.seq)}` },
        { term: 'Its hash', value: <span className="font-mono text-sm">{head.hash || 'none'}</span> },
        {
          term: 'Known elsewhere',
          value: anchorSeq === null ? 'Nothing yet' : `Up to entry ${formatNumber(anchorSeq)}`,
        },
        { term: 'Not sealed yet', value: formatNumber(unsealed) },
      ]}
    />
  )
}
