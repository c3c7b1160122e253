// The table of contents of the admin API: every operation that there is. `/api/v1/openapi.json` is made of it.
import type { ApiOperation } from '~/platform/api-operation'
import { accessRequestOperations } from './access-requests'
import { apiDocumentOperations } from './api-documents'
import { appOperations } from './apps'
import { credentialLimitOperations } from './credential-limits'
import { credentialOperations } from './credentials'
import { deliveryOperations } from './deliveries'
import { eventOperations } from './events'
import { guideOperations } from './guides'
import { organizationOperations } from './organizations'
import { productApiOperations } from './product-apis'
import { productOperations } from './products'
import { teamOperations } from './teams'
import { userOperations } from './users'

export const apiOperations: readonly ApiOperation[] = [
  ...organizationOperations,
  ...teamOperations,
  ...userOperations,
  ...appOperations,
  ...credentialOperations,
  ...credentialLimitOperations,
  ...accessRequestOperations,
  ...eventOperations,
  ...deliveryOperations,
  ...productOperations,
  ...productApiOperations,
  ...apiDocumentOperations,
  ...guideOperations,
]
