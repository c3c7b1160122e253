// The ways in: logging in, registering, and what mailed links lead to.
import { route } from '@remix-run/route-config'

export const authPages = [
  route('auth/login', 'routes/auth/login.tsx'),
  route('auth/two-factor', 'routes/auth/two-factor.tsx'),
  route('auth/register', 'routes/auth/register.tsx'),
  route('auth/verify', 'routes/auth/verify.tsx'),
  route('auth/invite', 'routes/auth/invite.tsx'),
  route('auth/confirm-email', 'routes/auth/confirm-email.tsx'),
  route('auth/reset', 'routes/auth/reset.tsx'),
  route('auth/reset/code', 'routes/auth/reset-code.tsx'),
  route('auth/change-password', 'routes/auth/change-password.tsx'),
  route('setup', 'routes/auth/setup.tsx'),
  route('unsubscribe', 'routes/auth/unsubscribe.tsx'),
]

export const authResources = [
  route('auth/logout', 'routes/auth/logout.ts'),
  route('auth/passkey', 'routes/auth/passkey.ts'),
  route('auth/passkey/challenge', 'routes/auth/passkey-challenge.ts'),
]
