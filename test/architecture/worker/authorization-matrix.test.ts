// Every address, by every kind of person, read and posted. A route without a row fails; so does a page with a third trip to D1.
import * as build from 'virtual:remix/server-build'
import { beforeAll, expect, test } from 'vitest'
import { paths } from '~/platform/paths'
import { Portal, signedIn } from '~test/support/portal'
import { type AccessWorld, createAccessWorld, type Role, roles } from './access-world'

/**
 * One letter a role, in the order visitor, pending user, team member, super admin of another organization, super admin,
 * admin. A: answered. L: sent to log in. N: does not exist (404; or 400/405 where the address takes no such method).
 */
type Row = { path: (world: AccessWorld) => string; get: string; post?: string }

const everyone = 'AAAAAA'
const developers = 'LLAAAN'
const admins = 'LLNNNA'
/** Whoever is signed in. */
const users = 'LLAAAA'
const ownOrganization = 'LLANAN'
const audience = 'NNANAA'
/** Super admins, each for their own organization. */
const superAdmins = 'LLNAAN'
const ownSuperAdmin = 'LLNNAN'

const matrix: Record<string, Row> = {
  'routes/public/home': { path: () => paths.home, get: everyone },
  'routes/public/catalogs': { path: () => paths.catalogs, get: everyone },
  'routes/public/product': { path: (w) => paths.product(w.product.slug), get: audience },
  'routes/public/product-guides': { path: (w) => paths.productGuides(w.product.slug), get: audience },
  'routes/public/api-reference': {
    path: (w) => paths.productApi(w.product.slug, w.product.apiSlug),
    get: audience,
  },
  'routes/public/operation': {
    path: (w) => paths.productOperation(w.product.slug, w.product.apiSlug, 'list-things'),
    get: audience,
  },
  'routes/public/product-markdown': {
    path: (w) => paths.asMarkdown(paths.product(w.product.slug)),
    get: audience,
  },
  'routes/public/guide-markdown': {
    path: (w) => paths.asMarkdown(paths.productGuide(w.product.slug, 'start')),
    get: audience,
  },
  'routes/public/api-markdown': {
    path: (w) => paths.asMarkdown(paths.productApi(w.product.slug, w.product.apiSlug)),
    get: audience,
  },
  'routes/public/operation-markdown': {
    path: (w) => paths.asMarkdown(paths.productOperation(w.product.slug, w.product.apiSlug, 'list-things')),
    get: audience,
  },
  // Answered to everyone, with what each may see: `test/routes/public/who-sees-what.test.ts` has the table.
  'routes/public/search': { path: () => paths.search('things'), get: everyone },
  'routes/public/llms': { path: () => paths.llms, get: everyone },
  'routes/public/api-document': {
    path: (w) => paths.productApiDocument(w.product.slug, w.product.apiSlug),
    get: audience,
  },
  'routes/public/api-keys': {
    path: (w) => paths.productApiKeys(w.product.slug, w.product.apiSlug),
    get: audience,
  },
  'routes/public/product-logo': { path: (w) => paths.productLogo(w.product.slug), get: audience },
  'routes/public/logo': { path: (w) => paths.logo(w.logoFile), get: everyone },
  'routes/public/unknown-address': { path: () => '/no/such/address', get: 'NNNNNN', post: 'NNNNNN' },
  'routes/public/theme': { path: () => paths.theme, get: everyone, post: everyone },

  'routes/consumer/cart': { path: () => paths.cart, get: developers, post: developers },
  'routes/consumer/cart-add': { path: () => paths.cartAdd, get: developers, post: developers },
  'routes/consumer/cart-remove': { path: () => paths.cartRemove, get: developers, post: developers },
  'routes/consumer/dashboard': { path: () => paths.dashboard.home, get: developers },
  'routes/consumer/apps': { path: () => paths.dashboard.apps, get: developers },
  'routes/consumer/app': { path: (w) => paths.dashboard.app(w.app.id), get: ownOrganization },
  'routes/consumer/app-usage': { path: (w) => paths.dashboard.appUsage(w.app.id), get: ownOrganization },
  'routes/consumer/app-usage-export': {
    path: (w) => paths.dashboard.exportAppUsage(w.app.id),
    get: ownOrganization,
  },
  'routes/consumer/app-refused': {
    path: (w) => paths.dashboard.refusedCalls(w.app.id),
    get: ownOrganization,
  },
  'routes/consumer/credential-reveal': {
    path: (w) => paths.dashboard.revealCredential(w.app.id, w.credentialToReveal),
    get: ownOrganization,
    post: ownOrganization,
  },
  'routes/consumer/credential-call': {
    path: (w) => paths.dashboard.callWithCredential(w.app.id, w.credentialToReveal),
    get: developers,
    post: ownOrganization,
  },
  'routes/consumer/credential-token': {
    path: (w) => paths.dashboard.tokenForCall(w.app.id, w.clientToCall),
    get: developers,
    post: ownOrganization,
  },
  'routes/consumer/credential-revoke': {
    path: (w) => paths.dashboard.revokeCredential(w.app.id, w.credentialToRevoke),
    get: ownOrganization,
    post: ownOrganization,
  },
  'routes/consumer/access-request-withdraw': {
    path: (w) => paths.dashboard.withdrawRequest(w.requests.toWithdraw),
    get: developers,
    post: ownOrganization,
  },
  'routes/consumer/credential-rotate': {
    path: (w) => paths.dashboard.rotateCredential(w.app.id, w.credentialToRotate),
    get: ownOrganization,
    post: ownOrganization,
  },
  'routes/consumer/credential-limits': {
    path: (w) => paths.dashboard.limitCredential(w.app.id, w.credentialToRotate),
    get: ownOrganization,
    post: ownOrganization,
  },
  'routes/consumer/plan-change': {
    path: (w) => paths.dashboard.changePlan(w.app.id, w.requests.approved),
    get: ownOrganization,
    post: ownOrganization,
  },
  'routes/consumer/app-settings': {
    path: (w) => paths.dashboard.appSettings(w.app.id),
    get: ownOrganization,
    post: ownOrganization,
  },
  'routes/consumer/app-freeze': {
    path: (w) => paths.dashboard.freezeApp(w.appToChange.id),
    get: ownOrganization,
    post: ownOrganization,
  },
  'routes/consumer/app-unfreeze': {
    path: (w) => paths.dashboard.unfreezeApp(w.appToChange.id),
    get: developers,
    post: ownOrganization,
  },
  'routes/consumer/app-transfer': {
    path: (w) => paths.dashboard.transferApp(w.appToChange.id),
    get: ownOrganization,
    post: ownOrganization,
  },
  // It holds keys that work, so nobody deletes it without its name.
  'routes/consumer/app-delete': {
    path: (w) => paths.dashboard.deleteApp(w.app.id),
    get: ownOrganization,
    post: ownOrganization,
  },
  'routes/consumer/organization-freeze': {
    path: () => paths.dashboard.freezeOrganization,
    get: superAdmins,
    post: superAdmins,
  },
  'routes/consumer/organization-unfreeze': {
    path: () => paths.dashboard.unfreezeOrganization,
    get: superAdmins,
    post: superAdmins,
  },
  'routes/consumer/organization-new': {
    path: () => paths.newOrganization,
    get: developers,
    post: developers,
  },
  'routes/consumer/members/route': { path: () => paths.dashboard.users, get: developers },
  'routes/consumer/member-new': {
    path: () => paths.dashboard.inviteUser,
    get: superAdmins,
    post: superAdmins,
  },
  'routes/consumer/member-edit': {
    path: (w) => paths.dashboard.editUser(w.memberToEdit),
    get: ownSuperAdmin,
    post: ownSuperAdmin,
  },
  'routes/consumer/member-remove': {
    path: (w) => paths.dashboard.removeUser(w.memberToRemove),
    get: ownSuperAdmin,
    post: ownSuperAdmin,
  },
  'routes/consumer/member-invite-again': {
    path: (w) => paths.dashboard.resendInvitation(w.invitedMember),
    get: superAdmins,
    post: ownSuperAdmin,
  },
  'routes/consumer/member-withdraw-invitation': {
    path: (w) => paths.dashboard.withdrawInvitation(w.memberToWithdraw),
    get: superAdmins,
    post: ownSuperAdmin,
  },
  'routes/consumer/organization/route': { path: () => paths.dashboard.organization, get: developers },
  'routes/consumer/organization-rename': {
    path: () => paths.dashboard.renameOrganization,
    get: superAdmins,
    post: superAdmins,
  },
  'routes/consumer/organization-hand-over': {
    path: () => paths.dashboard.handOverOrganization,
    get: superAdmins,
    post: superAdmins,
  },
  'routes/consumer/team-new': { path: () => paths.dashboard.newTeam, get: superAdmins, post: superAdmins },
  'routes/consumer/team': { path: (w) => paths.dashboard.team(w.team.id), get: ownSuperAdmin },
  'routes/consumer/team-rename': {
    path: (w) => paths.dashboard.renameTeam(w.team.id),
    get: ownSuperAdmin,
    post: ownSuperAdmin,
  },
  'routes/consumer/team-members': {
    path: (w) => paths.dashboard.setTeamMembers(w.team.id),
    get: superAdmins,
    post: ownSuperAdmin,
  },
  'routes/consumer/team-delete': {
    path: (w) => paths.dashboard.deleteTeam(w.teamToDelete.id),
    get: ownSuperAdmin,
    post: ownSuperAdmin,
  },
  'routes/consumer/activity': { path: () => paths.dashboard.activity, get: superAdmins },
  'routes/consumer/activity-export': { path: () => paths.dashboard.activityExport, get: superAdmins },
  'routes/consumer/profile/route': { path: () => paths.dashboard.profile, get: users, post: users },
  'routes/consumer/email-change': { path: () => paths.dashboard.changeEmail, get: users, post: users },
  'routes/consumer/account-delete': { path: () => paths.dashboard.deleteAccount, get: users, post: users },
  'routes/consumer/two-factor': { path: () => paths.dashboard.twoFactor, get: users },
  'routes/consumer/authenticator-add': {
    path: () => paths.dashboard.addAuthenticator,
    get: users,
    post: users,
  },
  'routes/consumer/authenticator-confirm': {
    path: () => paths.dashboard.confirmAuthenticator,
    get: users,
    post: users,
  },
  'routes/consumer/authenticator-remove': {
    path: () => paths.dashboard.removeAuthenticator,
    get: users,
    post: users,
  },
  'routes/consumer/recovery-codes': { path: () => paths.dashboard.recoveryCodes, get: users, post: users },
  'routes/consumer/two-factor-challenge': {
    path: () => paths.dashboard.proveFactor,
    get: users,
    post: users,
  },
  'routes/consumer/passkey-new': { path: () => paths.dashboard.newPasskey, get: users, post: users },
  'routes/consumer/passkey-challenge': {
    path: () => paths.dashboard.passkeyChallenge,
    get: users,
    post: users,
  },
  // Everybody else's passkey does not exist.
  'routes/consumer/passkey-remove': {
    path: (w) => paths.dashboard.removePasskey(w.passkeyId),
    get: 'LLANNN',
    post: 'LLANNN',
  },
  'routes/consumer/own-data': { path: () => paths.dashboard.ownData, get: users },
  'routes/consumer/notification-list': { path: () => paths.dashboard.notificationList, get: users },
  'routes/consumer/notifications-seen': {
    path: () => paths.dashboard.seeNotifications,
    get: users,
    post: users,
  },
  'routes/consumer/notifications': { path: () => paths.dashboard.notifications, get: users, post: users },
  // Everybody else's session does not exist. Before the row that ends all others.
  'routes/consumer/session-end': {
    path: (w) => paths.dashboard.endSession(w.sessionToEnd),
    get: users,
    post: 'LLANNN',
  },
  'routes/consumer/sessions-end-others': {
    path: () => paths.dashboard.endOtherSessions,
    get: users,
    post: users,
  },

  'routes/auth/login': { path: () => paths.auth.login(), get: everyone, post: everyone },
  // Only between the right password and the session: whoever is elsewhere is sent back to log in.
  'routes/auth/two-factor': { path: () => paths.auth.twoFactor(), get: 'LLAAAA', post: 'LLLLLL' },
  'routes/auth/passkey': { path: () => paths.auth.passkey(), get: 'LLLLLL', post: 'LLLLLL' },
  'routes/auth/passkey-challenge': {
    path: () => paths.auth.passkeyChallenge,
    get: 'LLLLLL',
    post: everyone,
  },
  'routes/auth/logout': { path: () => paths.auth.logout, get: everyone, post: everyone },
  'routes/auth/register': { path: () => paths.auth.register, get: everyone, post: everyone },
  'routes/auth/verify': { path: () => paths.auth.verify, get: everyone, post: everyone },
  'routes/auth/invite': { path: () => paths.auth.invite, get: everyone, post: everyone },
  'routes/auth/confirm-email': { path: () => paths.auth.confirmEmail, get: everyone, post: everyone },
  'routes/auth/reset': { path: () => paths.auth.reset, get: everyone, post: everyone },
  'routes/auth/reset-code': { path: () => paths.auth.resetCode, get: everyone, post: everyone },
  'routes/auth/change-password': { path: () => paths.auth.changePassword, get: users, post: users },
  'routes/auth/unsubscribe': { path: () => paths.unsubscribe, get: everyone, post: everyone },
  'routes/auth/setup': { path: () => paths.setup, get: 'NNNNNN', post: 'NNNNNN' },

  'routes/admin/unknown-address': { path: () => '/admin/no/such/address', get: 'LLNNNN', post: 'LLNNNN' },
  'routes/admin/overview': { path: () => paths.admin.home, get: admins },
  'routes/admin/users/route': { path: () => paths.admin.users, get: admins },
  'routes/admin/users-export': { path: () => paths.admin.exportUsers, get: admins },
  'routes/admin/users-activate': { path: () => paths.admin.activateUsers, get: admins, post: admins },
  'routes/admin/users-invite': { path: () => paths.admin.inviteUsers, get: admins, post: admins },
  'routes/admin/users-deactivate': {
    path: (w) => `${paths.admin.deactivateUsers}?id=${w.userToDeactivate}`,
    get: admins,
    post: admins,
  },
  'routes/admin/users-reject': {
    path: (w) => `${paths.admin.rejectUsers}?id=${w.userToReject}`,
    get: admins,
    post: admins,
  },
  'routes/admin/users-delete': {
    path: (w) => `${paths.admin.deleteUsers}?id=${w.userToDelete}`,
    get: admins,
    post: admins,
  },
  'routes/admin/invite-codes': { path: () => paths.admin.inviteCodes, get: admins },
  'routes/admin/invite-code-new': { path: () => paths.admin.newInviteCode, get: admins, post: admins },
  'routes/admin/invite-code': {
    path: (w) => paths.admin.inviteCode(w.codeToChange),
    get: admins,
    post: admins,
  },
  'routes/admin/invite-code-activate': {
    path: (w) => paths.admin.activateInviteCode(w.codeToChange),
    get: admins,
    post: admins,
  },
  'routes/admin/invite-code-deactivate': {
    path: (w) => paths.admin.deactivateInviteCode(w.codeToChange),
    get: admins,
    post: admins,
  },
  'routes/admin/invite-code-delete': {
    path: (w) => paths.admin.deleteInviteCode(w.codeToDelete),
    get: admins,
    post: admins,
  },
  'routes/admin/user/route': { path: (w) => paths.admin.user(w.people.member.userId), get: admins },
  'routes/admin/user-new': { path: () => paths.admin.newUser, get: admins, post: admins },
  'routes/admin/user-edit': {
    path: (w) => paths.admin.editUser(w.people.member.userId),
    get: admins,
    post: admins,
  },
  'routes/admin/user-deactivate': {
    path: (w) => paths.admin.deactivateUser(w.userToDeactivate),
    get: admins,
    post: admins,
  },
  'routes/admin/user-delete': {
    path: (w) => paths.admin.deleteUser(w.userToDelete),
    get: admins,
    post: admins,
  },
  'routes/admin/user-invite': {
    path: (w) => paths.admin.inviteUser(w.userToInvite),
    get: admins,
    post: admins,
  },
  'routes/admin/user-withdraw-invitation': {
    path: (w) => paths.admin.withdrawInvitation(w.userToInvite),
    get: admins,
    post: admins,
  },
  'routes/admin/user-end-sessions': {
    path: (w) => paths.admin.endUserSessions(w.userToInvite),
    get: admins,
    post: admins,
  },
  'routes/admin/user-reset-two-factor': {
    path: (w) => paths.admin.resetTwoFactor(w.people.member.userId),
    get: admins,
    post: admins,
  },
  'routes/admin/emails': { path: () => paths.admin.emails, get: admins },
  'routes/admin/emails-test': { path: () => paths.admin.testTransport, get: admins, post: admins },
  'routes/admin/email': { path: () => paths.admin.email('welcome'), get: admins, post: admins },
  'routes/admin/email-preview': {
    path: () => paths.admin.previewEmail('welcome'),
    get: admins,
    post: admins,
  },
  'routes/admin/email-test': { path: () => paths.admin.testEmail('welcome'), get: admins, post: admins },
  'routes/admin/email-reset': { path: () => paths.admin.resetEmail('welcome'), get: admins, post: admins },
  'routes/admin/admins': { path: () => paths.admin.admins, get: admins },
  'routes/admin/admin-new': { path: () => paths.admin.newAdmin, get: admins, post: admins },
  'routes/admin/api-tokens': { path: () => paths.admin.apiTokens, get: admins },
  'routes/admin/api-token-new': { path: () => paths.admin.newApiToken, get: admins, post: admins },
  'routes/admin/api-token-revoke': {
    path: (w) => paths.admin.revokeApiToken(w.tokenToRevoke),
    get: admins,
    post: admins,
  },
  'routes/admin/user-reject': {
    path: (w) => paths.admin.rejectUser(w.userToReject),
    get: admins,
    post: admins,
  },
  'routes/admin/user-activate': {
    path: (w) => paths.admin.activateUser(w.userToActivate),
    get: admins,
    post: admins,
  },
  'routes/admin/organizations': { path: () => paths.admin.organizations, get: admins },
  'routes/admin/organizations-export': { path: () => paths.admin.exportOrganizations, get: admins },
  'routes/admin/organization-new': { path: () => paths.admin.newOrganization, get: admins, post: admins },
  'routes/admin/organization/route': { path: (w) => paths.admin.organization(w.northwind.id), get: admins },
  'routes/admin/organization-approve': {
    path: (w) => paths.admin.approveOrganization(w.organizationToApprove),
    get: admins,
    post: admins,
  },
  'routes/admin/organization-reject': {
    path: (w) => paths.admin.rejectOrganization(w.organizationToReject),
    get: admins,
    post: admins,
  },
  'routes/admin/organization-rename': {
    path: (w) => paths.admin.renameOrganization(w.northwind.id),
    get: admins,
    post: admins,
  },
  'routes/admin/organization-suspend': {
    path: (w) => paths.admin.suspendOrganization(w.organizationToSuspend),
    get: admins,
    post: admins,
  },
  'routes/admin/organization-webhooks': {
    path: (w) => paths.admin.organizationWebhooks(w.northwind.id),
    get: admins,
  },
  'routes/admin/organization-webhook-pause': {
    path: (w) => paths.admin.pauseOrganizationWebhook(w.northwind.id, w.organizationWebhook.id),
    get: admins,
    post: admins,
  },
  'routes/admin/organization-webhook-resume': {
    path: (w) => paths.admin.resumeOrganizationWebhook(w.northwind.id, w.organizationWebhook.id),
    get: admins,
    post: admins,
  },
  'routes/admin/organization-restore': {
    path: (w) => paths.admin.restoreOrganization(w.organizationToSuspend),
    get: admins,
    post: admins,
  },
  'routes/admin/organization-delete': {
    path: (w) => paths.admin.deleteOrganization(w.organizationToSuspend),
    get: admins,
    post: admins,
  },
  'routes/admin/user-move': {
    path: (w) => paths.admin.moveUser(w.people.member.userId),
    get: admins,
    post: admins,
  },
  'routes/admin/apps': { path: () => paths.admin.apps, get: admins },
  'routes/admin/apps-export': { path: () => paths.admin.exportApps, get: admins },
  'routes/admin/app-new': { path: () => paths.admin.newApp(), get: admins, post: admins },
  'routes/admin/app/route': { path: (w) => paths.admin.app(w.app.id), get: admins },
  'routes/admin/app-edit': { path: (w) => paths.admin.editApp(w.app.id), get: admins, post: admins },
  'routes/admin/app-freeze': {
    path: (w) => paths.admin.freezeApp(w.appToChange.id),
    get: admins,
    post: admins,
  },
  'routes/admin/app-unfreeze': {
    path: (w) => paths.admin.unfreezeApp(w.appToChange.id),
    get: admins,
    post: admins,
  },
  'routes/admin/app-usage': { path: (w) => paths.admin.appUsage(w.app.id), get: admins },
  'routes/admin/app-usage-export': { path: (w) => paths.admin.exportAppUsage(w.app.id), get: admins },
  'routes/admin/app-refused': { path: (w) => paths.admin.refusedCallsOf(w.app.id), get: admins },
  'routes/admin/usage/route': { path: () => paths.admin.usage, get: admins },
  'routes/admin/usage-export': { path: () => paths.admin.exportUsage, get: admins },
  'routes/admin/refused-calls': { path: () => paths.admin.refusedCalls, get: admins },
  'routes/admin/app-delete': { path: (w) => paths.admin.deleteApp(w.app.id), get: admins, post: admins },
  'routes/admin/credential-new': {
    path: (w) => paths.admin.addCredential(w.app.id),
    get: admins,
    post: admins,
  },
  'routes/admin/credential-rotate': {
    path: (w) => paths.admin.rotateCredential(w.app.id, w.credentialToRotate),
    get: admins,
    post: admins,
  },
  'routes/admin/credential-limits': {
    path: (w) => paths.admin.limitCredential(w.app.id, w.credentialToRotate),
    get: admins,
    post: admins,
  },
  'routes/admin/credential-revoke': {
    path: (w) => paths.admin.revokeCredential(w.app.id, w.credentialToRevoke),
    get: admins,
    post: admins,
  },
  'routes/admin/teams': { path: () => paths.admin.teams, get: admins },
  'routes/admin/team-new': { path: () => paths.admin.newTeam(), get: admins, post: admins },
  'routes/admin/team': { path: (w) => paths.admin.team(w.teamOfAdmins.id), get: admins },
  'routes/admin/team-rename': {
    path: (w) => paths.admin.renameTeam(w.teamOfAdmins.id),
    get: admins,
    post: admins,
  },
  'routes/admin/team-delete': {
    path: (w) => paths.admin.deleteTeam(w.teamToEnd.id),
    get: admins,
    post: admins,
  },
  'routes/admin/team-add-members': {
    path: (w) => paths.admin.addTeamMembers(w.teamOfAdmins.id),
    get: admins,
    post: admins,
  },
  'routes/admin/team-remove-member': {
    path: (w) => paths.admin.removeTeamMember(w.teamOfAdmins.id),
    get: admins,
    post: admins,
  },
  'routes/admin/access-requests/route': { path: () => paths.admin.accessRequests, get: admins },
  'routes/admin/access-requests-approve': {
    path: () => paths.admin.approveAccessRequests,
    get: admins,
    post: admins,
  },
  'routes/admin/access-requests-reject': {
    path: (w) => `${paths.admin.rejectAccessRequests}?id=${w.requests.toReject}`,
    get: admins,
    post: admins,
  },
  'routes/admin/access-request-plan': {
    path: (w) => paths.admin.approveUnderPlan(w.requests.toReject),
    get: admins,
    post: admins,
  },
  'routes/admin/access-request': {
    path: (w) => paths.admin.accessRequest(w.requests.toApprove),
    get: admins,
  },
  'routes/admin/access-request-reject': {
    path: (w) => paths.admin.rejectAccessRequest(w.requests.toReject),
    get: admins,
    post: admins,
  },
  'routes/admin/access-request-approve': {
    path: (w) => paths.admin.approveAccessRequest(w.requests.toApprove),
    get: admins,
    post: admins,
  },
  'routes/admin/access-request-revoke': {
    path: (w) => paths.admin.revokeAccessRequest(w.requests.toRevoke),
    get: admins,
    post: admins,
  },
  'routes/admin/plans': { path: () => paths.admin.plans, get: admins },
  'routes/admin/plan-new': { path: () => paths.admin.newPlan, get: admins, post: admins },
  'routes/admin/plan': { path: (w) => paths.admin.plan(w.offered.planId), get: admins, post: admins },
  'routes/admin/plan-archive': {
    path: (w) => paths.admin.archivePlan(w.offered.planId),
    get: admins,
    post: admins,
  },
  'routes/admin/plan-restore': {
    path: (w) => paths.admin.restorePlan(w.offered.planId),
    get: admins,
    post: admins,
  },
  'routes/admin/catalogs': { path: () => paths.admin.catalogs, get: admins },
  'routes/admin/catalog-new': { path: () => paths.admin.newCatalog, get: admins, post: admins },
  'routes/admin/catalog/route': { path: (w) => paths.admin.catalog(w.offered.catalogId), get: admins },
  'routes/admin/catalog-edit': {
    path: (w) => paths.admin.editCatalog(w.offered.catalogId),
    get: admins,
    post: admins,
  },
  'routes/admin/catalog-audience': {
    path: (w) => paths.admin.catalogAudience(w.offered.catalogId),
    get: admins,
    post: admins,
  },
  'routes/admin/catalog-audience-remove': {
    path: (w) => paths.admin.removeFromAudience(w.offered.catalogId),
    get: admins,
    post: admins,
  },
  'routes/admin/catalog-item-add': {
    path: (w) => paths.admin.addCatalogItem(w.offered.catalogId),
    get: admins,
    post: admins,
  },
  'routes/admin/catalog-item-move': {
    path: (w) => paths.admin.moveCatalogItem(w.offered.catalogId),
    get: admins,
    post: admins,
  },
  'routes/admin/catalog-item-remove': {
    path: (w) => paths.admin.removeCatalogItem(w.offered.catalogId),
    get: admins,
    post: admins,
  },
  'routes/admin/products': { path: () => paths.admin.products, get: admins },
  'routes/admin/product-new': { path: () => paths.admin.newProduct, get: admins, post: admins },
  'routes/admin/markdown-preview': { path: () => paths.admin.markdownPreview, get: admins, post: admins },
  'routes/admin/product/route': { path: (w) => paths.admin.product(w.offered.productId), get: admins },
  'routes/admin/product-preview': {
    path: (w) => paths.admin.previewProduct(w.offered.productId),
    get: admins,
  },
  'routes/admin/product-edit': {
    path: (w) => paths.admin.editProduct(w.offered.productId),
    get: admins,
    post: admins,
  },
  'routes/admin/product-logo': {
    path: (w) => paths.admin.productLogo(w.offered.productId),
    get: admins,
    post: admins,
  },
  'routes/admin/product-logo-remove': {
    path: (w) => paths.admin.removeProductLogo(w.offered.productId),
    get: admins,
    post: admins,
  },
  'routes/admin/product-publish': {
    path: (w) => paths.admin.publishProduct(w.offered.productId),
    get: admins,
    post: admins,
  },
  'routes/admin/product-unpublish': {
    path: (w) => paths.admin.unpublishProduct(w.offered.productId),
    get: admins,
    post: admins,
  },
  'routes/admin/guide-new': {
    path: (w) => paths.admin.newGuide(w.offered.productId),
    get: admins,
    post: admins,
  },
  'routes/admin/api-new': { path: (w) => paths.admin.newApi(w.offered.productId), get: admins, post: admins },
  'routes/admin/guide': {
    path: (w) => paths.admin.guide(w.offered.productId, w.offered.guideId),
    get: admins,
    post: admins,
  },
  'routes/admin/guide-publish': {
    path: (w) => paths.admin.publishGuide(w.offered.productId, w.offered.guideId),
    get: admins,
    post: admins,
  },
  'routes/admin/guide-unpublish': {
    path: (w) => paths.admin.unpublishGuide(w.offered.productId, w.offered.guideId),
    get: admins,
    post: admins,
  },
  'routes/admin/guide-move': {
    path: (w) => paths.admin.moveGuide(w.offered.productId, w.offered.guideId),
    get: admins,
    post: admins,
  },
  'routes/admin/guide-delete': {
    path: (w) => paths.admin.deleteGuide(w.offered.productId, w.offered.guideId),
    get: admins,
    post: admins,
  },
  'routes/admin/api': { path: (w) => paths.admin.api(w.offered.productId, w.offered.apiId), get: admins },
  'routes/admin/api-document': {
    path: (w) => paths.admin.apiDocument(w.offered.productId, w.offered.apiId, w.offered.documentId),
    get: admins,
  },
  'routes/admin/api-document-adopt': {
    path: (w) => paths.admin.adoptDocument(w.offered.productId, w.offered.apiId, w.offered.documentId),
    get: admins,
    post: admins,
  },
  'routes/admin/api-edit': {
    path: (w) => paths.admin.editApi(w.offered.productId, w.offered.apiId),
    get: admins,
    post: admins,
  },
  'routes/admin/api-gateway': {
    path: (w) => paths.admin.apiGateway(w.offered.productId, w.offered.apiId),
    get: admins,
    post: admins,
  },
  'routes/admin/api-import': {
    path: (w) => paths.admin.importDocument(w.offered.productId, w.offered.apiId),
    get: admins,
    post: admins,
  },
  'routes/admin/api-move': {
    path: (w) => paths.admin.moveApi(w.offered.productId, w.offered.apiId),
    get: admins,
    post: admins,
  },
  'routes/admin/api-delete': {
    path: (w) => paths.admin.deleteApi(w.offered.productId, w.offered.apiId),
    get: admins,
    post: admins,
  },
  // Last: what the rows above are about ends here.
  'routes/admin/product-delete': {
    path: (w) => paths.admin.deleteProduct(w.offered.productId),
    get: admins,
    post: admins,
  },
  'routes/admin/catalog-delete': {
    path: (w) => paths.admin.deleteCatalog(w.offered.catalogId),
    get: admins,
    post: admins,
  },
  'routes/admin/plan-delete': {
    path: (w) => paths.admin.deletePlan(w.offered.planId),
    get: admins,
    post: admins,
  },
  'routes/admin/audit-log/route': { path: () => paths.admin.auditLog, get: admins },
  'routes/admin/audit-log-export': { path: () => paths.admin.auditLogExport, get: admins },
  'routes/admin/audit-log-verify': { path: () => paths.admin.verifyAuditLog, get: admins },
  'routes/admin/audit-event': { path: (w) => paths.admin.auditEvent(w.eventId), get: admins },
  'routes/admin/gateways': { path: () => paths.admin.gateways, get: admins },
  'routes/admin/gateway-new': { path: () => paths.admin.newGateway, get: admins, post: admins },
  'routes/admin/gateway': { path: (w) => paths.admin.gateway(w.gatewayId), get: admins },
  'routes/admin/gateway-edit': {
    path: (w) => paths.admin.editGateway(w.gatewayId),
    get: admins,
    post: admins,
  },
  'routes/admin/gateway-test': {
    path: (w) => paths.admin.testGateway(w.gatewayId),
    get: admins,
    post: admins,
  },
  'routes/admin/gateway-resynchronize': {
    path: (w) => paths.admin.resynchronizeGateway(w.gatewayId),
    get: admins,
    post: admins,
  },
  'routes/admin/gateway-delete': {
    path: (w) => paths.admin.deleteGateway(w.gatewayId),
    get: admins,
    post: admins,
  },
  'routes/admin/deliveries/route': { path: () => paths.admin.deliveries, get: admins },
  'routes/admin/delivery': { path: (w) => paths.admin.delivery(w.deliveryId), get: admins },
  'routes/admin/delivery-retry': {
    path: (w) => paths.admin.retryDelivery(w.deliveryId),
    get: admins,
    post: admins,
  },
  'routes/admin/delivery-cancel': {
    path: (w) => paths.admin.cancelDelivery(w.deliveryId),
    get: admins,
    post: admins,
  },
  'routes/admin/deliveries-send-again': {
    path: () => paths.admin.sendDeliveriesAgain,
    get: admins,
    post: admins,
  },
  'routes/admin/webhooks': {
    path: () => paths.admin.webhooks.list,
    get: admins,
  },
  'routes/admin/webhook-new': {
    path: () => paths.admin.webhooks.add,
    get: admins,
    post: admins,
  },
  'routes/admin/webhook': {
    path: (w) => paths.admin.webhooks.one(w.portalWebhook.id),
    get: admins,
  },
  'routes/admin/webhook-edit': {
    path: (w) => paths.admin.webhooks.edit(w.portalWebhook.id),
    get: admins,
    post: admins,
  },
  'routes/admin/webhook-rotate': {
    path: (w) => paths.admin.webhooks.rotate(w.portalWebhook.id),
    get: admins,
    post: admins,
  },
  'routes/admin/webhook-pause': {
    path: (w) => paths.admin.webhooks.pause(w.portalWebhook.id),
    get: admins,
    post: admins,
  },
  'routes/admin/webhook-resume': {
    path: (w) => paths.admin.webhooks.resume(w.portalWebhook.id),
    get: admins,
    post: admins,
  },
  'routes/admin/webhook-test': {
    path: (w) => paths.admin.webhooks.test(w.portalWebhook.id),
    get: admins,
    post: admins,
  },
  'routes/admin/webhook-send-failed': {
    path: (w) => paths.admin.webhooks.sendFailed(w.portalWebhook.id),
    get: admins,
    post: admins,
  },
  'routes/admin/webhook-delivery': {
    path: (w) => paths.admin.webhooks.delivery(w.portalWebhook.id, w.portalWebhook.deliveryId),
    get: admins,
  },
  'routes/admin/webhook-send-again': {
    path: (w) => paths.admin.webhooks.sendAgain(w.portalWebhook.id, w.portalWebhook.deliveryId),
    get: admins,
    post: admins,
  },
  'routes/admin/webhook-delete': {
    path: (w) => paths.admin.webhooks.remove(w.portalWebhook.id),
    get: admins,
    post: admins,
  },
  'routes/consumer/webhooks': {
    path: () => paths.dashboard.webhooks.list,
    get: superAdmins,
  },
  'routes/consumer/webhook-new': {
    path: () => paths.dashboard.webhooks.add,
    get: superAdmins,
    post: superAdmins,
  },
  'routes/consumer/webhook': {
    path: (w) => paths.dashboard.webhooks.one(w.organizationWebhook.id),
    get: ownSuperAdmin,
  },
  'routes/consumer/webhook-edit': {
    path: (w) => paths.dashboard.webhooks.edit(w.organizationWebhook.id),
    get: ownSuperAdmin,
    post: ownSuperAdmin,
  },
  'routes/consumer/webhook-rotate': {
    path: (w) => paths.dashboard.webhooks.rotate(w.organizationWebhook.id),
    get: ownSuperAdmin,
    post: ownSuperAdmin,
  },
  'routes/consumer/webhook-pause': {
    path: (w) => paths.dashboard.webhooks.pause(w.organizationWebhook.id),
    get: superAdmins,
    post: ownSuperAdmin,
  },
  'routes/consumer/webhook-resume': {
    path: (w) => paths.dashboard.webhooks.resume(w.organizationWebhook.id),
    get: superAdmins,
    post: ownSuperAdmin,
  },
  'routes/consumer/webhook-test': {
    path: (w) => paths.dashboard.webhooks.test(w.organizationWebhook.id),
    get: superAdmins,
    post: ownSuperAdmin,
  },
  'routes/consumer/webhook-send-failed': {
    path: (w) => paths.dashboard.webhooks.sendFailed(w.organizationWebhook.id),
    get: superAdmins,
    post: ownSuperAdmin,
  },
  'routes/consumer/webhook-delivery': {
    path: (w) =>
      paths.dashboard.webhooks.delivery(w.organizationWebhook.id, w.organizationWebhook.deliveryId),
    get: ownSuperAdmin,
  },
  'routes/consumer/webhook-send-again': {
    path: (w) =>
      paths.dashboard.webhooks.sendAgain(w.organizationWebhook.id, w.organizationWebhook.deliveryId),
    get: superAdmins,
    post: ownSuperAdmin,
  },
  'routes/consumer/webhook-delete': {
    path: (w) => paths.dashboard.webhooks.remove(w.organizationWebhook.id),
    get: ownSuperAdmin,
    post: ownSuperAdmin,
  },
  'routes/admin/delivery-send-again': {
    path: (w) => paths.admin.sendDeliveryAgain(w.deliveryId),
    get: admins,
    post: admins,
  },
  'routes/admin/settings-general': { path: () => paths.admin.settings, get: admins, post: admins },
  'routes/admin/portal-logo': { path: () => paths.admin.logo, get: admins, post: admins },
  'routes/admin/portal-logo-remove': { path: () => paths.admin.removeLogo, get: admins, post: admins },
  'routes/admin/accent-color': { path: () => paths.admin.accentColor, get: admins, post: admins },
  'routes/admin/home-page': { path: () => paths.admin.homePage, get: admins, post: admins },

  // The outbox has no lock but the kind of deployment: a test of its own shows that production has none.
  'routes/dev/outbox': { path: () => paths.dev.outbox, get: everyone },
  'routes/dev/mail': { path: (w) => paths.dev.mail(w.mailId), get: everyone },
  'routes/dev/mail-html': { path: (w) => `${paths.dev.mail(w.mailId)}/html`, get: everyone },

  // The last row, because whoever posts to it is gone afterwards.
  'routes/consumer/organization-leave': {
    path: () => paths.dashboard.leaveOrganization,
    get: 'LLAAAN',
    post: developers,
  },
}

const layouts = /(^root$|layout$)/
const routes = Object.values(build.routes).flatMap((route) => (route ? [route] : []))

let world: AccessWorld
beforeAll(async () => {
  world = await createAccessWorld()
})

async function browserOf(role: Role): Promise<Portal> {
  return role === 'visitor' ? new Portal() : signedIn(world.people[role])
}

async function letter(response: Response): Promise<string> {
  await response.body?.cancel()
  if (response.status >= 500) return `error ${response.status}`
  if (
    response.headers.get('location')?.startsWith('/auth/login?') ||
    (response.status === 303 && response.headers.get('location') === '/auth/login')
  )
    return 'L'
  return response.status === 404 || response.status === 405 || response.status === 400 ? 'N' : 'A'
}

test('every route has a row in the matrix, and every row a route', () => {
  const ids = routes.map((route) => route.id).filter((id) => !layouts.test(id))
  expect(Object.keys(matrix).sort()).toEqual(ids.sort())
})

test('a route with an action says who may post to it', () => {
  const acting = routes.filter((route) => route.module.action).map((route) => route.id)
  expect(acting.filter((id) => !matrix[id]?.post)).toEqual([])
})

test.each(Object.entries(matrix))('%s is read by exactly those who may', async (_id, row) => {
  const answers: string[] = []
  for (const role of roles) {
    const response = await (await browserOf(role)).request(row.path(world))
    const trips = Number(/desc="(\d+) trips"/.exec(response.headers.get('server-timing') ?? '')?.[1])
    expect(trips, `${role} makes ${trips} trips to D1`).toBeLessThanOrEqual(2)
    answers.push(await letter(response))
  }
  expect(answers.join('')).toBe(row.get)
})

test.each(Object.entries(matrix).flatMap(([id, row]) => (row.post ? [[id, row, row.post] as const] : [])))(
  '%s is posted to by exactly those who may',
  async (id, row, expected) => {
    const answers: string[] = []
    for (const role of roles)
      answers.push(await letter(await (await browserOf(role)).post(row.path(world), postFields(id))))
    expect(answers.join('')).toBe(expected)
  },
)

test('the data of a page is as closed as the page', async () => {
  for (const role of ['visitor', 'pending', 'member', 'otherSuperAdmin'] as const) {
    const portal = await browserOf(role)
    for (const [id, row] of Object.entries(matrix)) {
      if (!id.startsWith('routes/admin/') || row.get !== admins) continue
      const path = row.path(world)
      const response = await portal.request(path.replace(/(?=\?|$)/, '.data'))
      const text = await response.text()
      expect(
        response.status === 404 || response.status === 202 || text.includes('/auth/login'),
        `${role} reads ${path}.data`,
      ).toBe(true)
      expect(text).not.toContain(world.people.superAdmin.email)
    }
  }
}, 60_000)

/** What makes a post pass its form, where an empty form would be refused before the lock of the thing is reached. */
function postFields(id: string): Record<string, string> {
  if (id.endsWith('reject')) return { reason: 'Not now' }
  if (id.endsWith('passkey-remove')) return { currentPassword: 'not the password' }
  if (id.endsWith('team-rename')) return { name: 'Renamed team' }
  if (id.endsWith('member-edit')) return { firstName: 'Robin', lastName: 'Doe', orgRole: 'team_member' }
  if (id.endsWith('app-transfer')) return { userId: world.people.superAdmin.userId }
  if (id.endsWith('credential-limits')) return { name: 'A key' }
  if (id.endsWith('app-settings')) return { name: 'An app', visibility: 'organization' }
  if (id.endsWith('plan-change')) return { submissionId: 'a-submission', planId: world.offered.planId }
  if (id.includes('/catalog-audience')) return { member: world.northwind.id }
  if (id.includes('/catalog-item-')) return { item: world.product.id, direction: 'up' }
  if (id.endsWith('-move')) return { direction: 'up' }
  return {}
}
