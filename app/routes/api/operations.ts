// The table of contents of the admin API: every operation that there is. `/api/v1/openapi.json` is made of it.
import type { ApiOperation } from '~/platform/api-operation'
import { accessRequestOperations } from './access-requests'
import { apiDocumentOperations } from './api-documents'
import { appOperations } from './apps'
import { catalogItemOperations } from './catalog-items'
import { catalogOperations } from './catalogs'
import { credentialLimitOperations } from './credential-limits'
import { credentialOperations } from './credentials'
import { deliveryOperations } from './deliveries'
import { eventOperations } from './events'
import { gatewayOperations } from './gateways'
import { guideOperations } from './guides'
import { mailTextOperations } from './mail-texts'
import { organizationOperations } from './organizations'
import { planOperations } from './plans'
import { productApiOperations } from './product-apis'
import { productOperations } from './products'
import { teamOperations } from './teams'
import { usageOperations } from './usage'
import { userOperations } from './users'
import { webhookOperations } from './webhooks'

export const apiOperations: readonly ApiOperation[] = [
  ...organizationOperations,
  ...teamOperations,
  ...userOperations,
  ...appOperations,
  ...credentialOperations,
  ...credentialLimitOperations,
  ...accessRequestOperations,
  ...planOperations,
  ...catalogOperations,
  ...catalogItemOperations,
  ...eventOperations,
  ...deliveryOperations,
  ...webhookOperations,
  ...gatewayOperations,
  ...mailTextOperations,
  ...usageOperations,
  ...productOperations,
  ...productApiOperations,
  ...apiDocumentOperations,
  ...guideOperations,
]
