// What each role may do, shown where a role is chosen.
import { Check, Minus } from 'lucide-react'
import { type OrgRole, orgRoleLabels, orgRoles } from '~/domain/accounts/account'

const actions: { what: string; who: Record<OrgRole, true | string | false> }[] = [
  { what: 'Request access, create apps', who: { team_member: true, super_admin: true } },
  {
    what: 'See apps and their keys, rotate and revoke keys',
    who: { team_member: 'own, and shared with them', super_admin: 'all, but no keys of personal apps' },
  },
  { what: 'See who is in the organization', who: { team_member: true, super_admin: true } },
  { what: 'Invite, edit and remove people', who: { team_member: false, super_admin: true } },
  { what: 'Rename the organization, manage teams', who: { team_member: false, super_admin: true } },
  { what: 'Read the activity of the organization', who: { team_member: false, super_admin: true } },
]

export function RoleTable() {
  const roles = orgRoles.toReversed()
  return (
    <section
      aria-label="What each role may do"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reachable by keyboard
      tabIndex={0}
      className="overflow-x-auto rounded-control border border-line"
    >
      <table className="w-full text-left text-sm">
        <caption className="sr-only">What each role may do</caption>
        <thead>
          <tr className="bg-sunken text-xs text-muted">
            <th scope="col" className="px-3 py-2 font-medium">
              May
            </th>
            {roles.map((role) => (
              <th key={role} scope="col" className="px-3 py-2 font-medium whitespace-nowrap">
                {orgRoleLabels[role]}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {actions.map(({ what, who }) => (
            <tr key={what}>
              <th scope="row" className="border-t border-line px-3 py-2 font-normal">
                {what}
              </th>
              {roles.map((role) => (
                <td key={role} className="border-t border-line px-3 py-2 text-muted">
                  <Answer value={who[role]} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

function Answer({ value }: { value: true | string | false }) {
  if (typeof value === 'string') return value
  const Icon = value ? Check : Minus
  return (
    <>
      <Icon aria-hidden className={value ? 'size-4 text-green-ink' : 'size-4 text-faint'} />
      <span className="sr-only">{value ? 'Yes' : 'No'}</span>
    </>
  )
}
