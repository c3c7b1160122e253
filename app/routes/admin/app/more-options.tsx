// What an admin can do with an app.
import { History, Pencil, Play, Snowflake, Trash2 } from 'lucide-react'
import type { AppPage } from '~/domain/apps/queries-app-page.server'
import { paths } from '~/platform/paths'
import { buttonClass } from '~/ui/button'
import { Menu, MenuDivider, MenuForm, MenuLink } from '~/ui/menu'

export function MoreOptions({ app }: { app: AppPage['app'] }) {
  const { admin } = paths
  return (
    <Menu label="More options" trigger="More options" triggerClassName={buttonClass({})}>
      <MenuLink to={admin.editApp(app.id)} icon={Pencil}>
        Edit
      </MenuLink>
      {app.frozenBy !== 'admin' && (
        <MenuLink to={admin.freezeApp(app.id)} icon={Snowflake}>
          Freeze
        </MenuLink>
      )}
      {app.frozenAt !== null && (
        <MenuForm action={admin.unfreezeApp(app.id)} icon={Play}>
          Unfreeze
        </MenuForm>
      )}
      <MenuLink to={admin.historyOf(app.id)} icon={History}>
        History
      </MenuLink>
      <MenuDivider />
      <MenuLink to={admin.deleteApp(app.id)} icon={Trash2}>
        Delete
      </MenuLink>
    </Menu>
  )
}
