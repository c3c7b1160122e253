// The table of contents: every address of the portal, by audience. The gateway, /live and /ready are answered before it.
import { index, layout, prefix, type RouteConfig, route } from '@remix-run/route-config'

export default [
  layout('routes/public/layout.tsx', [
    index('routes/public/home.tsx'),
    route('catalogs', 'routes/public/catalogs.tsx'),
    route('products/:slug', 'routes/public/product.tsx'),
    route('products/:slug/guides/:guide?', 'routes/public/product-guides.tsx'),
    route('products/:slug/apis/:api', 'routes/public/api-reference.tsx'),

    route('cart', 'routes/consumer/cart.tsx'),
    layout('routes/consumer/dashboard-layout.tsx', [
      route('dashboard/apps', 'routes/consumer/apps.tsx'),
      route('dashboard/apps/:appId', 'routes/consumer/app.tsx'),
      route(
        'dashboard/apps/:appId/credentials/:credentialId/reveal',
        'routes/consumer/credential-reveal.tsx',
      ),
      route(
        'dashboard/apps/:appId/credentials/:credentialId/revoke',
        'routes/consumer/credential-revoke.tsx',
      ),
      route('dashboard/profile', 'routes/consumer/profile/route.tsx'),
      route('dashboard/profile/email', 'routes/consumer/email-change.tsx'),
      route('dashboard/profile/delete', 'routes/consumer/account-delete.tsx'),
    ]),
  ]),
  route('products/:slug/logo', 'routes/public/product-logo.ts'),
  route('products/:slug/apis/:api/openapi', 'routes/public/api-document.ts'),
  route('theme', 'routes/public/theme.ts'),
  route('cart/add', 'routes/consumer/cart-add.ts'),
  route('cart/remove', 'routes/consumer/cart-remove.ts'),
  route('dashboard', 'routes/consumer/dashboard.ts'),
  route('dashboard/profile/data', 'routes/consumer/own-data.ts'),
  route('dashboard/profile/notifications', 'routes/consumer/notifications.ts'),
  route('dashboard/profile/sessions/end-others', 'routes/consumer/sessions-end-others.ts'),
  route('dashboard/profile/sessions/:sessionId/end', 'routes/consumer/session-end.ts'),
  route('dashboard/access-requests/:requestId/withdraw', 'routes/consumer/access-request-withdraw.ts'),

  layout('routes/auth/layout.tsx', [
    route('auth/login', 'routes/auth/login.tsx'),
    route('auth/register', 'routes/auth/register.tsx'),
    route('auth/verify', 'routes/auth/verify.tsx'),
    route('auth/invite', 'routes/auth/invite.tsx'),
    route('auth/confirm-email', 'routes/auth/confirm-email.tsx'),
    route('auth/reset', 'routes/auth/reset.tsx'),
    route('auth/reset/code', 'routes/auth/reset-code.tsx'),
    route('auth/change-password', 'routes/auth/change-password.tsx'),
    route('setup', 'routes/auth/setup.tsx'),
  ]),
  route('auth/logout', 'routes/auth/logout.ts'),

  layout('routes/admin/layout.tsx', [
    ...prefix('admin', [
      index('routes/admin/overview.tsx'),
      route('users', 'routes/admin/users.tsx'),
      route('users/new', 'routes/admin/user-new.tsx'),
      route('users/:userId', 'routes/admin/user/route.tsx'),
      route('users/:userId/edit', 'routes/admin/user-edit.tsx'),
      route('users/:userId/deactivate', 'routes/admin/user-deactivate.tsx'),
      route('users/:userId/delete', 'routes/admin/user-delete.tsx'),
      route('users/:userId/reject', 'routes/admin/user-reject.tsx'),
      route('organizations', 'routes/admin/organizations.tsx'),
      route('organizations/new', 'routes/admin/organization-new.tsx'),
      route('organizations/:organizationId', 'routes/admin/organization.tsx'),
      route('access-requests', 'routes/admin/access-requests.tsx'),
      route('access-requests/:requestId', 'routes/admin/access-request.tsx'),
      route('access-requests/:requestId/reject', 'routes/admin/access-request-reject.tsx'),
      route('audit-log', 'routes/admin/audit-log.tsx'),
      route('deliveries', 'routes/admin/deliveries.tsx'),
      route('settings/general', 'routes/admin/settings-general.tsx'),
      route('settings/admins', 'routes/admin/admins.tsx'),
      route('settings/admins/new', 'routes/admin/admin-new.tsx'),
    ]),
  ]),
  ...prefix('admin', [
    route('users/:userId/activate', 'routes/admin/user-activate.ts'),
    route('users/:userId/invite', 'routes/admin/user-invite.ts'),
    route('users/:userId/withdraw-invitation', 'routes/admin/user-withdraw-invitation.ts'),
    route('users/:userId/end-sessions', 'routes/admin/user-end-sessions.ts'),
    route('access-requests/:requestId/approve', 'routes/admin/access-request-approve.ts'),
    route('access-requests/:requestId/revoke', 'routes/admin/access-request-revoke.ts'),
    route('deliveries/:deliveryId/send-again', 'routes/admin/delivery-send-again.ts'),
  ]),

  ...prefix('dev', [
    layout('routes/dev/layout.tsx', [
      route('outbox', 'routes/dev/outbox.tsx'),
      route('outbox/:mailId', 'routes/dev/mail.tsx'),
    ]),
    route('outbox/:mailId/html', 'routes/dev/mail-html.ts'),
  ]),
] satisfies RouteConfig
