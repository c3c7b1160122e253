// The admins' list of apps as a table for a spreadsheet.
import { type AppVisibility, appVisibilityLabels } from './app'
import { appStateLabels, appStateOf } from './app-list'

type ExportedApp = {
  id: string
  name: string
  ownerName: string
  ownerEmail: string
  organizationName: string
  visibility: AppVisibility
  products: number
  workingKeys: number
  pendingRequests: number
  frozenAt: number | null
  createdAt: number
}

export const appExportHeader = [
  'Name',
  'Owner',
  'Owner email',
  'Organization',
  'Visibility',
  'Products',
  'Working credentials',
  'Pending requests',
  'Status',
  'Created',
  'Id',
] as const

export function appExportRow(app: ExportedApp): (string | number)[] {
  return [
    app.name,
    app.ownerName,
    app.ownerEmail,
    app.organizationName,
    appVisibilityLabels[app.visibility],
    app.products,
    app.workingKeys,
    app.pendingRequests,
    appStateLabels[appStateOf(app)],
    new Date(app.createdAt).toISOString(),
    app.id,
  ]
}
