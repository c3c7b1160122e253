// Every address of the portal, once. Routes, mails and tests build links here; `app/routes.ts` is the other half.
import { operationsPaths } from './operations-paths'
import { query } from './query'
import { webhookPaths } from './webhook-paths'

export const paths = {
  home: '/',
  catalogs: '/catalogs',
  /** What the command palette asks. */
  search: (text: string) => `/search${query({ q: text })}`,
  product: (slug: string) => `/products/${slug}`,
  productApi: (slug: string, api: string) => `/products/${slug}/apis/${api}`,
  productApiGroup: (slug: string, api: string, group: string, from = 0) =>
    `/products/${slug}/apis/${api}${query({ group, from: from > 0 ? String(from) : null })}`,
  productOperation: (slug: string, api: string, operation: string) =>
    `/products/${slug}/apis/${api}/${operation}`,
  /** Which keys of the reader may call the API. */
  productApiKeys: (slug: string, api: string) => `/products/${slug}/keys/${api}`,
  productApiDocument: (slug: string, api: string) => `/products/${slug}/apis/${api}/openapi`,
  productGuides: (slug: string) => `/products/${slug}/guides`,
  productGuide: (slug: string, guide: string) => `/products/${slug}/guides/${guide}`,
  /** The Markdown form of a page of a product, at the same address. */
  asMarkdown: (path: string) => `${path}.md`,
  llms: '/llms.txt',
  unsubscribe: '/unsubscribe',
  productLogo: (slug: string) => `/products/${slug}/logo`,
  newOrganization: '/organizations/new',
  cart: '/cart',
  cartAdd: '/cart/add',
  cartRemove: '/cart/remove',
  setup: '/setup',
  theme: '/theme',
  auth: {
    login: (params: { returnTo?: string | null; reason?: string | undefined } = {}) =>
      `/auth/login${query(params)}`,
    logout: '/auth/logout',
    twoFactor: (params: { returnTo?: string | null; with?: 'recovery' } = {}) =>
      `/auth/two-factor${query(params)}`,
    passkey: (params: { returnTo?: string | null } = {}) => `/auth/passkey${query(params)}`,
    passkeyChallenge: '/auth/passkey/challenge',
    register: '/auth/register',
    registerWith: (code: string) => `/auth/register${query({ code })}`,
    verify: '/auth/verify',
    reset: '/auth/reset',
    resetCode: '/auth/reset/code',
    invite: '/auth/invite',
    confirmEmail: '/auth/confirm-email',
    changePassword: '/auth/change-password',
  },
  dashboard: {
    home: '/dashboard',
    apps: '/dashboard/apps',
    app: (appId: string) => `/dashboard/apps/${appId}`,
    revealCredential: (appId: string, credentialId: string) =>
      `/dashboard/apps/${appId}/credentials/${credentialId}/reveal`,
    tokenForCall: (appId: string, credentialId: string) =>
      `/dashboard/apps/${appId}/credentials/${credentialId}/token`,
    revokeCredential: (appId: string, credentialId: string) =>
      `/dashboard/apps/${appId}/credentials/${credentialId}/revoke`,
    rotateCredential: (appId: string, credentialId: string) =>
      `/dashboard/apps/${appId}/credentials/${credentialId}/rotate`,
    limitCredential: (appId: string, credentialId: string) =>
      `/dashboard/apps/${appId}/credentials/${credentialId}/limits`,
    /** The key itself, for a call from the reference. */
    callWithCredential: (appId: string, credentialId: string) =>
      `/dashboard/apps/${appId}/credentials/${credentialId}/call`,
    appSettings: (appId: string) => `/dashboard/apps/${appId}/settings`,
    appUsage: (appId: string) => `/dashboard/apps/${appId}/usage`,
    exportAppUsage: (appId: string) => `/dashboard/apps/${appId}/usage/export`,
    refusedCalls: (appId: string) => `/dashboard/apps/${appId}/refused`,
    freezeApp: (appId: string) => `/dashboard/apps/${appId}/freeze`,
    unfreezeApp: (appId: string) => `/dashboard/apps/${appId}/unfreeze`,
    transferApp: (appId: string) => `/dashboard/apps/${appId}/transfer`,
    deleteApp: (appId: string) => `/dashboard/apps/${appId}/delete`,
    users: '/dashboard/users',
    inviteUser: '/dashboard/users/new',
    editUser: (userId: string) => `/dashboard/users/${userId}/edit`,
    removeUser: (userId: string) => `/dashboard/users/${userId}/remove`,
    resendInvitation: (userId: string) => `/dashboard/users/${userId}/invite`,
    withdrawInvitation: (userId: string) => `/dashboard/users/${userId}/withdraw-invitation`,
    organization: '/dashboard/organization',
    renameOrganization: '/dashboard/organization/rename',
    freezeOrganization: '/dashboard/organization/freeze',
    unfreezeOrganization: '/dashboard/organization/unfreeze',
    leaveOrganization: '/dashboard/organization/leave',
    handOverOrganization: '/dashboard/organization/hand-over',
    newTeam: '/dashboard/organization/teams/new',
    team: (teamId: string) => `/dashboard/organization/teams/${teamId}`,
    renameTeam: (teamId: string) => `/dashboard/organization/teams/${teamId}/rename`,
    deleteTeam: (teamId: string) => `/dashboard/organization/teams/${teamId}/delete`,
    setTeamMembers: (teamId: string) => `/dashboard/organization/teams/${teamId}/members`,
    webhooks: webhookPaths('/dashboard/organization/webhooks'),
    activity: '/dashboard/activity',
    activityExport: '/dashboard/activity/export',
    changePlan: (appId: string, requestId: string) => `/dashboard/apps/${appId}/access/${requestId}/plan`,
    withdrawRequest: (requestId: string) => `/dashboard/access-requests/${requestId}/withdraw`,
    profile: '/dashboard/profile',
    changeEmail: '/dashboard/profile/email',
    ownData: '/dashboard/profile/data',
    notifications: '/dashboard/profile/notifications',
    notificationList: '/dashboard/notifications',
    seeNotifications: '/dashboard/notifications/seen',
    endSession: (sessionId: string) => `/dashboard/profile/sessions/${sessionId}/end`,
    endOtherSessions: '/dashboard/profile/sessions/end-others',
    deleteAccount: '/dashboard/profile/delete',
    twoFactor: '/dashboard/profile/two-factor',
    addAuthenticator: '/dashboard/profile/two-factor/app',
    confirmAuthenticator: '/dashboard/profile/two-factor/app/confirm',
    removeAuthenticator: '/dashboard/profile/two-factor/app/remove',
    recoveryCodes: '/dashboard/profile/two-factor/recovery-codes',
    proveFactor: '/dashboard/profile/two-factor/challenge',
    newPasskey: '/dashboard/profile/passkeys/new',
    passkeyChallenge: '/dashboard/profile/passkeys/challenge',
    removePasskey: (passkeyId: string) => `/dashboard/profile/passkeys/${passkeyId}/remove`,
  },
  admin: {
    home: '/admin',
    users: '/admin/users',
    user: (userId: string) => `/admin/users/${userId}`,
    activateUser: (userId: string) => `/admin/users/${userId}/activate`,
    newUser: '/admin/users/new',
    exportUsers: '/admin/users/export',
    activateUsers: '/admin/users/bulk/activate',
    deactivateUsers: '/admin/users/bulk/deactivate',
    rejectUsers: '/admin/users/bulk/reject',
    inviteUsers: '/admin/users/bulk/invite',
    deleteUsers: '/admin/users/bulk/delete',
    moveUser: (userId: string) => `/admin/users/${userId}/move`,
    editUser: (userId: string) => `/admin/users/${userId}/edit`,
    deactivateUser: (userId: string) => `/admin/users/${userId}/deactivate`,
    deleteUser: (userId: string) => `/admin/users/${userId}/delete`,
    inviteUser: (userId: string) => `/admin/users/${userId}/invite`,
    withdrawInvitation: (userId: string) => `/admin/users/${userId}/withdraw-invitation`,
    endUserSessions: (userId: string) => `/admin/users/${userId}/end-sessions`,
    resetTwoFactor: (userId: string) => `/admin/users/${userId}/reset-two-factor`,
    rejectUser: (userId: string) => `/admin/users/${userId}/reject`,
    organizations: '/admin/organizations',
    newOrganization: '/admin/organizations/new',
    exportOrganizations: '/admin/organizations/export',
    organization: (organizationId: string) => `/admin/organizations/${organizationId}`,
    inviteCodes: '/admin/invite-codes',
    newInviteCode: '/admin/invite-codes/new',
    inviteCode: (codeId: string) => `/admin/invite-codes/${codeId}`,
    activateInviteCode: (codeId: string) => `/admin/invite-codes/${codeId}/activate`,
    deactivateInviteCode: (codeId: string) => `/admin/invite-codes/${codeId}/deactivate`,
    deleteInviteCode: (codeId: string) => `/admin/invite-codes/${codeId}/delete`,
    approveOrganization: (organizationId: string) => `/admin/organizations/${organizationId}/approve`,
    rejectOrganization: (organizationId: string) => `/admin/organizations/${organizationId}/reject`,
    renameOrganization: (organizationId: string) => `/admin/organizations/${organizationId}/rename`,
    suspendOrganization: (organizationId: string) => `/admin/organizations/${organizationId}/suspend`,
    restoreOrganization: (organizationId: string) => `/admin/organizations/${organizationId}/restore`,
    deleteOrganization: (organizationId: string) => `/admin/organizations/${organizationId}/delete`,
    teams: '/admin/teams',
    teamsOf: (organizationId: string) => `/admin/teams${query({ organization: organizationId })}`,
    newTeam: (organizationId?: string) => `/admin/teams/new${query({ organization: organizationId })}`,
    team: (teamId: string) => `/admin/teams/${teamId}`,
    renameTeam: (teamId: string) => `/admin/teams/${teamId}/rename`,
    deleteTeam: (teamId: string) => `/admin/teams/${teamId}/delete`,
    addTeamMembers: (teamId: string) => `/admin/teams/${teamId}/add-members`,
    removeTeamMember: (teamId: string) => `/admin/teams/${teamId}/remove-member`,
    apps: '/admin/apps',
    appsOf: (organizationId: string) => `/admin/apps${query({ organization: organizationId })}`,
    exportApps: '/admin/apps/export',
    newApp: (ownerId?: string) => `/admin/apps/new${query({ owner: ownerId })}`,
    app: (appId: string) => `/admin/apps/${appId}`,
    editApp: (appId: string) => `/admin/apps/${appId}/edit`,
    appUsage: (appId: string) => `/admin/apps/${appId}/usage`,
    exportAppUsage: (appId: string) => `/admin/apps/${appId}/usage/export`,
    refusedCallsOf: (appId: string) => `/admin/apps/${appId}/refused`,
    freezeApp: (appId: string) => `/admin/apps/${appId}/freeze`,
    unfreezeApp: (appId: string) => `/admin/apps/${appId}/unfreeze`,
    deleteApp: (appId: string) => `/admin/apps/${appId}/delete`,
    addCredential: (appId: string, catalogId?: string) =>
      `/admin/apps/${appId}/credentials/new${query({ catalog: catalogId })}`,
    rotateCredential: (appId: string, credentialId: string) =>
      `/admin/apps/${appId}/credentials/${credentialId}/rotate`,
    limitCredential: (appId: string, credentialId: string) =>
      `/admin/apps/${appId}/credentials/${credentialId}/limits`,
    revokeCredential: (appId: string, credentialId: string) =>
      `/admin/apps/${appId}/credentials/${credentialId}/revoke`,
    accessRequests: '/admin/access-requests',
    waitingAccessRequests: '/admin/access-requests?state=pending',
    approveUnderPlan: (requestId: string) => `/admin/access-requests/${requestId}/plan`,
    approveAccessRequests: '/admin/access-requests/bulk/approve',
    rejectAccessRequests: '/admin/access-requests/bulk/reject',
    accessRequest: (requestId: string) => `/admin/access-requests/${requestId}`,
    approveAccessRequest: (requestId: string) => `/admin/access-requests/${requestId}/approve`,
    rejectAccessRequest: (requestId: string) => `/admin/access-requests/${requestId}/reject`,
    revokeAccessRequest: (requestId: string) => `/admin/access-requests/${requestId}/revoke`,
    plans: '/admin/plans',
    newPlan: '/admin/plans/new',
    plan: (planId: string) => `/admin/plans/${planId}`,
    archivePlan: (planId: string) => `/admin/plans/${planId}/archive`,
    restorePlan: (planId: string) => `/admin/plans/${planId}/restore`,
    deletePlan: (planId: string) => `/admin/plans/${planId}/delete`,
    catalogs: '/admin/catalogs',
    newCatalog: '/admin/catalogs/new',
    catalog: (catalogId: string) => `/admin/catalogs/${catalogId}`,
    editCatalog: (catalogId: string) => `/admin/catalogs/${catalogId}/edit`,
    deleteCatalog: (catalogId: string) => `/admin/catalogs/${catalogId}/delete`,
    catalogAudience: (catalogId: string) => `/admin/catalogs/${catalogId}/audience`,
    removeFromAudience: (catalogId: string) => `/admin/catalogs/${catalogId}/audience/remove`,
    addCatalogItem: (catalogId: string) => `/admin/catalogs/${catalogId}/items/add`,
    removeCatalogItem: (catalogId: string) => `/admin/catalogs/${catalogId}/items/remove`,
    moveCatalogItem: (catalogId: string) => `/admin/catalogs/${catalogId}/items/move`,
    products: '/admin/products',
    newProduct: '/admin/products/new',
    product: (productId: string) => `/admin/products/${productId}`,
    editProduct: (productId: string) => `/admin/products/${productId}/edit`,
    productLogo: (productId: string) => `/admin/products/${productId}/logo`,
    removeProductLogo: (productId: string) => `/admin/products/${productId}/logo/remove`,
    publishProduct: (productId: string) => `/admin/products/${productId}/publish`,
    unpublishProduct: (productId: string) => `/admin/products/${productId}/unpublish`,
    deleteProduct: (productId: string) => `/admin/products/${productId}/delete`,
    previewProduct: (productId: string) => `/admin/products/${productId}/preview`,
    newGuide: (productId: string) => `/admin/products/${productId}/guides/new`,
    guide: (productId: string, guideId: string) => `/admin/products/${productId}/guides/${guideId}`,
    publishGuide: (productId: string, guideId: string) =>
      `/admin/products/${productId}/guides/${guideId}/publish`,
    unpublishGuide: (productId: string, guideId: string) =>
      `/admin/products/${productId}/guides/${guideId}/unpublish`,
    moveGuide: (productId: string, guideId: string) => `/admin/products/${productId}/guides/${guideId}/move`,
    deleteGuide: (productId: string, guideId: string) =>
      `/admin/products/${productId}/guides/${guideId}/delete`,
    newApi: (productId: string) => `/admin/products/${productId}/apis/new`,
    api: (productId: string, apiId: string) => `/admin/products/${productId}/apis/${apiId}`,
    editApi: (productId: string, apiId: string) => `/admin/products/${productId}/apis/${apiId}/edit`,
    moveApi: (productId: string, apiId: string) => `/admin/products/${productId}/apis/${apiId}/move`,
    deleteApi: (productId: string, apiId: string) => `/admin/products/${productId}/apis/${apiId}/delete`,
    apiGateway: (productId: string, apiId: string) => `/admin/products/${productId}/apis/${apiId}/gateway`,
    gateways: '/admin/gateways',
    newGateway: '/admin/gateways/new',
    gateway: (gatewayId: string) => `/admin/gateways/${gatewayId}`,
    editGateway: (gatewayId: string) => `/admin/gateways/${gatewayId}/edit`,
    testGateway: (gatewayId: string) => `/admin/gateways/${gatewayId}/test`,
    deleteGateway: (gatewayId: string) => `/admin/gateways/${gatewayId}/delete`,
    resynchronizeGateway: (gatewayId: string) => `/admin/gateways/${gatewayId}/resynchronize`,
    importDocument: (productId: string, apiId: string) => `/admin/products/${productId}/apis/${apiId}/import`,
    apiDocument: (productId: string, apiId: string, documentId: string) =>
      `/admin/products/${productId}/apis/${apiId}/documents/${documentId}`,
    adoptDocument: (productId: string, apiId: string, documentId: string) =>
      `/admin/products/${productId}/apis/${apiId}/documents/${documentId}/adopt`,
    markdownPreview: '/admin/markdown-preview',
    ...operationsPaths,
    usage: '/admin/usage',
    exportUsage: '/admin/usage/export',
    refusedCalls: '/admin/usage/refused',
    webhooks: webhookPaths('/admin/settings/webhooks'),
    settings: '/admin/settings/general',
    emails: '/admin/settings/emails',
    testTransport: '/admin/settings/emails/test',
    email: (template: string) => `/admin/settings/emails/${template}`,
    previewEmail: (template: string) => `/admin/settings/emails/${template}/preview`,
    testEmail: (template: string) => `/admin/settings/emails/${template}/test`,
    resetEmail: (template: string) => `/admin/settings/emails/${template}/reset`,
    admins: '/admin/settings/admins',
    newAdmin: '/admin/settings/admins/new',
    apiTokens: '/admin/settings/api-tokens',
    newApiToken: '/admin/settings/api-tokens/new',
    revokeApiToken: (tokenId: string) => `/admin/settings/api-tokens/${tokenId}/revoke`,
  },
  dev: {
    outbox: '/dev/outbox',
    mail: (mailId: string) => `/dev/outbox/${mailId}`,
    mailHtml: (mailId: string) => `/dev/outbox/${mailId}/html`,
  },
  /** The admin API; `app/routes/api/operations.ts` has its addresses. */
  api: { root: '/api/v1', document: '/api/v1/openapi.json' },
  /** Answered before the portal (`platform/oauth.ts`). */
  oauth: {
    token: '/oauth/token',
    keys: '/.well-known/jwks.json',
    metadata: '/.well-known/oauth-authorization-server',
  },
  gateway: (product: string, api: string) => `/gateway/${product}/${api}`,
} as const

/**
 * Where to go after signing in: a path of this portal, or `fallback`. Refuses what browsers read as another origin
 * (`//host`, `/\host`, encoded slashes) and anything but plain path and query characters.
 */
export function safeReturnTo(value: string | null | undefined, fallback: string): string {
  if (!value || !/^\/(?!\/|\\|%2f|%5c)[\w\-.+/@~%]*(?:\?[\w\-.+/=&%@~]*)?$/i.test(value)) return fallback
  if (/^\/(?:[^?]*)(?:\/\/|%2f|%5c|\\)/i.test(value)) return fallback
  const base = 'https://portal.invalid'
  const url = new URL(value, base)
  if (url.origin !== base || isAroundSigningIn(url.pathname)) return fallback
  return `${url.pathname}${url.search}`
}

/** Routes are found in any case and percent-encoded. What cannot be decoded is no page either. */
function isAroundSigningIn(pathname: string): boolean {
  try {
    return decodeURIComponent(pathname).toLowerCase().startsWith('/auth/')
  } catch {
    return true
  }
}
