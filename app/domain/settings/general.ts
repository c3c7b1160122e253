// Settings › General: what the form takes, and its words.
import { z } from 'zod'
import { emailSchema, lineSchema } from '~/domain/kernel/text'

export const visibilities = ['public', 'private', 'hidden'] as const
export type Visibility = (typeof visibilities)[number]

export const visibilityLabels: Record<Visibility, { title: string; description: string }> = {
  public: { title: 'Public', description: 'Anyone can read the portal. Private catalogs need a login.' },
  private: { title: 'Private', description: 'People log in before they see anything.' },
  hidden: {
    title: 'Hidden',
    description: 'Only admins get in. Everybody else is told that the portal is disabled.',
  },
}

/** A box that is not ticked is not sent. */
const tick = z.boolean().default(false)

/** How long a session may live, with the bounds and the columns that hold the time in seconds. */
export const sessionRules = {
  adminIdleMinutes: { min: 5, max: 1440, secondsEach: 60 },
  developerIdleHours: { min: 1, max: 720, secondsEach: 3600 },
  sessionLifetimeDays: { min: 1, max: 90, secondsEach: 86_400 },
} as const
type Bounds = { min: number; max: number; secondsEach: number }

function wholeNumber({ min, max }: Bounds) {
  const range = `Enter a whole number from ${min} to ${max}.`
  return z.number({ error: range }).int(range).min(min, range).max(max, range)
}

function secondsWithin({ min, max, secondsEach }: Bounds) {
  return z
    .number()
    .int()
    .min(min * secondsEach)
    .max(max * secondsEach)
}

export const updateGeneralSettingsInput = z.object({
  portalName: lineSchema('Portal name', 2, 60),
  visibility: z.enum(visibilities, { error: 'Choose who can see the portal.' }),
  registrationEnabled: tick,
  signInEnabled: tick,
  autoApproveDevelopers: tick,
  organizationRegistrationEnabled: tick,
  autoApproveOrganizations: tick,
  requireEmailVerification: tick,
  notificationAddress: emailSchema.optional().transform((value) => value ?? null),
  passwordMinLength: z
    .number({ error: 'Enter a number from 8 to 64.' })
    .int('Enter a whole number.')
    .min(8, 'Passwords need at least 8 characters.')
    .max(64, 'At most 64 characters can be demanded.'),
  requireAdminTwoFactor: tick,
  adminIdleSeconds: secondsWithin(sessionRules.adminIdleMinutes),
  developerIdleSeconds: secondsWithin(sessionRules.developerIdleHours),
  sessionLifetimeSeconds: secondsWithin(sessionRules.sessionLifetimeDays),
  showSecretsOnce: tick,
  revokeLeakedCredentials: tick,
})
export type UpdateGeneralSettingsInput = z.output<typeof updateGeneralSettingsInput>

/** The form asks for session times in units that people think in. */
export const updateGeneralSettingsForm = updateGeneralSettingsInput
  .omit({ adminIdleSeconds: true, developerIdleSeconds: true, sessionLifetimeSeconds: true })
  .extend({
    adminIdleMinutes: wholeNumber(sessionRules.adminIdleMinutes),
    developerIdleHours: wholeNumber(sessionRules.developerIdleHours),
    sessionLifetimeDays: wholeNumber(sessionRules.sessionLifetimeDays),
  })
  .transform(
    ({ adminIdleMinutes, developerIdleHours, sessionLifetimeDays, ...rest }): UpdateGeneralSettingsInput => ({
      ...rest,
      adminIdleSeconds: adminIdleMinutes * 60,
      developerIdleSeconds: developerIdleHours * 3600,
      sessionLifetimeSeconds: sessionLifetimeDays * 86_400,
    }),
  )

export const accessSwitches = [
  { name: 'registrationEnabled', label: 'Enable API consumers to register' },
  { name: 'signInEnabled', label: 'Enable API consumers to sign in' },
  { name: 'autoApproveDevelopers', label: 'Auto-approve developers registering to the portal' },
  { name: 'organizationRegistrationEnabled', label: 'Enable API consumers to register organizations' },
  { name: 'autoApproveOrganizations', label: 'Auto-approve API consumers registering organization' },
] as const satisfies { name: keyof UpdateGeneralSettingsInput; label: string }[]

/** How the audit log names what was changed. */
export const settingLabels: Record<keyof UpdateGeneralSettingsInput, string> = {
  portalName: 'Portal name',
  visibility: 'Portal visibility',
  registrationEnabled: accessSwitches[0].label,
  signInEnabled: accessSwitches[1].label,
  autoApproveDevelopers: accessSwitches[2].label,
  organizationRegistrationEnabled: accessSwitches[3].label,
  autoApproveOrganizations: accessSwitches[4].label,
  requireEmailVerification: 'Require email verification',
  notificationAddress: 'Notification address',
  passwordMinLength: 'Minimum password length',
  requireAdminTwoFactor: 'Require two-factor for admins',
  adminIdleSeconds: 'Log admins out after inactivity',
  developerIdleSeconds: 'Log developers out after inactivity',
  sessionLifetimeSeconds: 'Longest session',
  showSecretsOnce: 'Show secrets once only',
  revokeLeakedCredentials: 'Revoke credentials found in public',
}
