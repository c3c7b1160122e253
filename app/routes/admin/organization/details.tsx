// What the organization is, who asked for it, and why it is not active.

import { formatNumber } from '~/domain/kernel/number'
import type { OrganizationPage } from '~/domain/organizations/queries.server'
import { paths } from '~/platform/paths'
import { Callout } from '~/ui/callout'
import { DateTime } from '~/ui/date-time'
import { DefinitionList } from '~/ui/definition-list'
import { useRootData } from '~/ui/root-data'
import { TextLink } from '~/ui/text-link'

const notes = {
  pending: {
    tone: 'amber',
    title: 'Waits for approval',
    text: 'Whoever asked becomes its Super admin once you approve. Until then they cannot invite anybody.',
  },
  suspended: {
    tone: 'amber',
    title: 'Suspended',
    text: 'The gateway refuses all of its credentials. Its people can log in and read, but neither request access nor change members and teams.',
  },
  rejected: { tone: 'neutral', title: 'Not approved', text: '' },
} as const

/** Its super admins did it, and only they undo it. */
export function FreezeNote({ organization }: { organization: OrganizationPage }) {
  const { now } = useRootData()
  if (organization.frozenAt === null) return null
  return (
    <Callout tone="amber" title="All apps are frozen by a super admin">
      <p>The gateway refuses their credentials until a super admin of the organization unfreezes them.</p>
      <p className="text-sm text-muted">
        Since <DateTime value={organization.frozenAt} now={now} />
      </p>
    </Callout>
  )
}

export function StateNote({ organization }: { organization: OrganizationPage }) {
  const { now } = useRootData()
  if (organization.state === 'active') return null
  const note = notes[organization.state]
  return (
    <Callout tone={note.tone} title={note.title}>
      {note.text && <p>{note.text}</p>}
      {organization.rejectionReason && <p>Reason: {organization.rejectionReason}</p>}
      {organization.decidedAt !== null && organization.state !== 'pending' && (
        <p className="text-sm text-muted">
          {organization.decidedBy ? `${organization.decidedBy}, ` : ''}
          <DateTime value={organization.decidedAt} now={now} relative />
        </p>
      )}
    </Callout>
  )
}

export function Details({ organization }: { organization: OrganizationPage }) {
  const { now } = useRootData()
  const { requesterId, requesterName } = organization
  return (
    <DefinitionList
      items={[
        { term: 'Members', value: formatNumber(organization.members) },
        { term: 'Teams', value: formatNumber(organization.teams) },
        { term: 'Apps', value: formatNumber(organization.apps) },
        ...(requesterId
          ? [
              {
                term: 'Requested by',
                value: <TextLink to={paths.admin.user(requesterId)}>{requesterName}</TextLink>,
              },
            ]
          : []),
        {
          term: organization.state === 'pending' ? 'Requested' : 'Created',
          value: <DateTime value={organization.createdAt} now={now} />,
        },
      ]}
    />
  )
}
