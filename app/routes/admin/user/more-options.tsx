// What an admin can do with an account beside deciding about it.
import { ArrowRightLeft, LogOut, MailPlus, MailX, Pencil, ShieldOff, Trash2, UserX } from 'lucide-react'
import { canDeactivate } from '~/domain/accounts/account'
import type { UserPage } from '~/domain/accounts/queries-user.server'
import { paths } from '~/platform/paths'
import { buttonClass } from '~/ui/button'
import { Menu, MenuDivider, MenuForm, MenuLink } from '~/ui/menu'

export function MoreOptions({ user, isSelf }: { user: Omit<UserPage, 'events'>; isSelf: boolean }) {
  const { admin } = paths
  const canBeInvited = user.state === 'invited' && !user.hasPassword
  const hasSecondFactor = user.hasTwoFactor || user.passkeys > 0
  return (
    <Menu label="More options" trigger="More options" triggerClassName={buttonClass({})}>
      {user.role === 'developer' && (
        <MenuLink to={admin.editUser(user.id)} icon={Pencil}>
          Edit
        </MenuLink>
      )}
      {user.role === 'developer' && (
        <MenuLink to={admin.moveUser(user.id)} icon={ArrowRightLeft}>
          Move to another organization
        </MenuLink>
      )}
      {canBeInvited && (
        <MenuForm action={admin.inviteUser(user.id)} icon={MailPlus}>
          {user.invitation ? 'Resend invite' : 'Send invite'}
        </MenuForm>
      )}
      {canBeInvited && user.invitation && (
        <MenuForm action={admin.withdrawInvitation(user.id)} icon={MailX}>
          Withdraw invite
        </MenuForm>
      )}
      {user.sessions.length > 0 && !isSelf && (
        <MenuForm action={admin.endUserSessions(user.id)} icon={LogOut}>
          Log out everywhere
        </MenuForm>
      )}
      {hasSecondFactor && !isSelf && (
        <MenuLink to={admin.resetTwoFactor(user.id)} icon={ShieldOff}>
          Reset two-factor
        </MenuLink>
      )}
      <MenuDivider />
      {canDeactivate(user.state) && (
        <MenuLink to={admin.deactivateUser(user.id)} icon={UserX}>
          Deactivate
        </MenuLink>
      )}
      <MenuLink to={admin.deleteUser(user.id)} icon={Trash2}>
        Delete
      </MenuLink>
    </Menu>
  )
}
