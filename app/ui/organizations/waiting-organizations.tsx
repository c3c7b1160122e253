// Organizations that were asked for, with the two answers. Approved from here, one keeps the name that was asked for.
import type { ReactNode } from 'react'
import { Decision, WaitingCard, WaitingRow } from '~/ui/waiting'

type WaitingOrganization = {
  id: string
  name: string
  requesterName: string | null
  requesterEmail: string | null
  createdAt: number
}

type WaitingOrganizationsProps = {
  organizations: readonly WaitingOrganization[]
  all: ReactNode
  addresses: {
    organization: (id: string) => string
    approveOrganization: (id: string) => string
    rejectOrganization: (id: string) => string
  }
}

export function WaitingOrganizations({ organizations, all, addresses }: WaitingOrganizationsProps) {
  if (organizations.length === 0) return null
  return (
    <WaitingCard title="Organizations waiting for approval" all={all}>
      {organizations.map((organization) => (
        <WaitingRow
          key={organization.id}
          to={addresses.organization(organization.id)}
          name={organization.name}
          note={
            organization.requesterName
              ? `${organization.requesterName}, ${organization.requesterEmail}`
              : 'Whoever asked has no account any more'
          }
          since={organization.createdAt}
        >
          <Decision
            approve={addresses.approveOrganization(organization.id)}
            label="Approve"
            reject={addresses.rejectOrganization(organization.id)}
            name={organization.name}
            fields={<input type="hidden" name="name" value={organization.name} />}
          />
        </WaitingRow>
      ))}
    </WaitingCard>
  )
}
