// What an admin can do with an organization that is decided about.
import { CirclePause, CirclePlay, History, Pencil, Trash2, Webhook } from 'lucide-react'
import type { OrganizationPage } from '~/domain/organizations/queries.server'
import { paths } from '~/platform/paths'
import { buttonClass } from '~/ui/button'
import { Menu, MenuDivider, MenuLink } from '~/ui/menu'

export function MoreOptions({ organization }: { organization: OrganizationPage }) {
  const { admin } = paths
  const { id, state, isDefault } = organization
  return (
    <Menu label="More options" trigger="More options" triggerClassName={buttonClass({})}>
      {state !== 'rejected' && (
        <MenuLink to={admin.renameOrganization(id)} icon={Pencil}>
          Rename
        </MenuLink>
      )}
      {state === 'active' && !isDefault && (
        <MenuLink to={admin.suspendOrganization(id)} icon={CirclePause}>
          Suspend
        </MenuLink>
      )}
      {state === 'suspended' && (
        <MenuLink to={admin.restoreOrganization(id)} icon={CirclePlay}>
          Restore
        </MenuLink>
      )}
      {state !== 'rejected' && (
        <MenuLink to={admin.organizationWebhooks(id)} icon={Webhook}>
          Webhooks
        </MenuLink>
      )}
      <MenuLink to={admin.historyIn(id)} icon={History}>
        History
      </MenuLink>
      {!isDefault && state !== 'rejected' && <MenuDivider />}
      {!isDefault && (
        <MenuLink to={admin.deleteOrganization(id)} icon={Trash2}>
          Delete
        </MenuLink>
      )}
    </Menu>
  )
}
