// The two places of webhooks: the settings of the portal, and an organization.
import { paths } from './paths'

export const portalWebhooks = { scope: 'portal', above: [], to: paths.admin.webhooks } as const

export const organizationWebhooks = {
  scope: 'organization',
  above: [{ label: 'Organization', to: paths.dashboard.organization }],
  to: paths.dashboard.webhooks,
} as const
