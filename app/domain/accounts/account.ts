// People: their states in words, and what the forms about them take.
import { z } from 'zod'
import { idSchema } from '~/domain/kernel/ids'
import { emailSchema, lineSchema, paragraphSchema } from '~/domain/kernel/text'
import type { MailChoice, MailTiming, StoppableChoice } from './mail-choices'
import { passwordMaxLength } from './password-policy'

export const userStates = ['invited', 'pending', 'active', 'rejected', 'deactivated'] as const
export type UserState = (typeof userStates)[number]

export const orgRoles = ['super_admin', 'team_member'] as const
export type OrgRole = (typeof orgRoles)[number]

export const orgRoleLabels: Record<OrgRole, string> = {
  super_admin: 'Super admin',
  team_member: 'Team member',
}

/** Admin screens show every state but active as Inactive, with this reason. */
export const inactiveReasons: Record<Exclude<UserState, 'active'>, string> = {
  invited: 'invited, has not chosen a password yet',
  pending: 'waits for approval',
  rejected: 'registration was not approved',
  deactivated: 'deactivated',
}

/** The states from which an admin can activate, and from which an admin can reject. */
export const activatableStates = ['pending', 'deactivated'] as const satisfies UserState[]
export const rejectableStates = ['pending'] as const satisfies UserState[]

export function canActivate(state: UserState): boolean {
  return (activatableStates as readonly UserState[]).includes(state)
}

export function canDeactivate(state: UserState): boolean {
  return state === 'active'
}

export function canReject(state: UserState): boolean {
  return (rejectableStates as readonly UserState[]).includes(state)
}

/** What the list of users can be narrowed to. */
export const userFilters = ['active', 'inactive', 'pending', 'invited', 'rejected', 'deactivated'] as const
export type UserFilter = (typeof userFilters)[number]

export const firstNameSchema = lineSchema('First name', 1, 80)
export const lastNameSchema = lineSchema('Last name', 1, 80)

/** Length here only bounds the work of hashing; the policy, which needs the settings, says the rest. */
export const newPasswordSchema = z
  .string({ error: 'Enter a password.' })
  .min(1, 'Enter a password.')
  .max(passwordMaxLength, `A password can have at most ${passwordMaxLength} characters.`)

export const passwordAgainSchema = z.string({ error: 'Enter the password again.' })

export const passwordsDiffer = 'The two passwords are not the same. Enter the same password twice.'

function same(value: { password: string; passwordAgain: string }): boolean {
  return value.password === value.passwordAgain
}

const differ = { path: ['passwordAgain'], error: passwordsDiffer }

export const registerDeveloperInput = z
  .object({
    email: emailSchema,
    firstName: firstNameSchema,
    lastName: lastNameSchema,
    password: newPasswordSchema,
    passwordAgain: passwordAgainSchema,
    inviteCode: z.string().trim().max(80, 'This invite code is too long. Check it.').optional(),
  })
  .refine(same, differ)
export type RegisterDeveloperInput = z.output<typeof registerDeveloperInput>

export const logInInput = z.object({
  email: z
    .string({ error: 'Enter an email address.' })
    .trim()
    .min(1, 'Enter an email address.')
    .max(254, 'An email address has at most 254 characters.'),
  password: z
    .string({ error: 'Enter your password.' })
    .min(1, 'Enter your password.')
    .max(passwordMaxLength, `A password has at most ${passwordMaxLength} characters.`),
})
export type LogInInput = z.output<typeof logInInput>

export const requestPasswordResetInput = z.object({ email: emailSchema })
export type RequestPasswordResetInput = z.output<typeof requestPasswordResetInput>

export const resetPasswordInput = z
  .object({
    password: newPasswordSchema,
    passwordAgain: passwordAgainSchema,
    redemptionId: z.string({ error: 'Load the page again.' }).regex(/^[\w-]{8,64}$/, 'Load the page again.'),
  })
  .refine(same, differ)
export type ResetPasswordInput = z.output<typeof resetPasswordInput> & { token: string }

export const currentPasswordSchema = z
  .string({ error: 'Enter your current password.' })
  .min(1, 'Enter your current password.')
  .max(passwordMaxLength, `A password has at most ${passwordMaxLength} characters.`)

export const changePasswordInput = z
  .object({
    currentPassword: currentPasswordSchema,
    password: newPasswordSchema,
    passwordAgain: passwordAgainSchema,
  })
  .refine(same, differ)
export type ChangePasswordInput = z.output<typeof changePasswordInput>

export const updateProfileInput = z.object({ firstName: firstNameSchema, lastName: lastNameSchema })
export type UpdateProfileInput = z.output<typeof updateProfileInput>

export const deactivateUserInput = z.object({ reason: paragraphSchema('Reason', 500) })
export type DeactivateUserInput = z.output<typeof deactivateUserInput>

export const requestEmailChangeInput = z.object({
  email: emailSchema,
  currentPassword: currentPasswordSchema,
})
export type RequestEmailChangeInput = z.output<typeof requestEmailChangeInput>

const timing = z.enum(['at_once', 'daily', 'never'], { error: 'Choose when.' }).optional()
const timingOfNeeded = z.enum(['at_once', 'daily'], { error: 'Choose at once or once a day.' }).optional()

export const updateNotificationsInput = z.object({
  notifyRequests: timing,
  notifyExpiry: timing,
  notifyUsers: timing,
  notifyAccess: timing,
  notifyOrganizations: timing,
  notifyApps: timingOfNeeded,
  notifyWebhooks: timingOfNeeded,
} satisfies Record<StoppableChoice, typeof timing> & Record<MailChoice, z.ZodType<MailTiming | undefined>>)
export type UpdateNotificationsInput = z.output<typeof updateNotificationsInput>

export const deleteOwnAccountInput = z.object({
  confirmation: z.string({ error: 'Type your email address.' }).trim().max(254, 'Type your email address.'),
  currentPassword: currentPasswordSchema,
})
export type DeleteOwnAccountInput = z.output<typeof deleteOwnAccountInput>

export const rejectDeveloperInput = z.object({ reason: paragraphSchema('Reason', 500) })
export type RejectDeveloperInput = z.output<typeof rejectDeveloperInput>

const person = { email: emailSchema, firstName: firstNameSchema, lastName: lastNameSchema }
/** Null for somebody who will be invited. */
const givenPassword = { password: newPasswordSchema.nullable(), mustChangePassword: z.boolean() }

export const addDeveloperInput = z.object({
  ...person,
  ...givenPassword,
  organizationId: idSchema('org'),
  orgRole: z.enum(orgRoles),
  teamIds: z.array(idSchema('team')).max(50),
})
export type AddDeveloperInput = z.output<typeof addDeveloperInput>

/** The form: a password counts only when its box is ticked. */
export const addDeveloperForm = z
  .object({
    ...person,
    organizationId: idSchema('org'),
    orgRole: z.enum(orgRoles, { error: 'Choose a role.' }),
    teamIds: z.array(idSchema('team')).max(50, 'Choose at most 50 teams.'),
    setPassword: z.boolean().default(false),
    password: newPasswordSchema.optional(),
    passwordAgain: passwordAgainSchema.optional(),
    mustChangePassword: z.boolean().default(false),
  })
  .refine((value) => !value.setPassword || value.password !== undefined, {
    path: ['password'],
    error: 'Enter a password.',
  })
  .refine((value) => !value.setPassword || value.password === value.passwordAgain, differ)
  .transform(
    ({ setPassword, password, passwordAgain: _, ...value }): AddDeveloperInput => ({
      ...value,
      password: setPassword ? (password ?? null) : null,
    }),
  )

/** An admin is invited: nobody else knows the password. */
export const inviteAdminInput = z.object(person)
export type InviteAdminInput = z.output<typeof inviteAdminInput>

export const addAdminInput = z.object({ ...person, ...givenPassword })
export type AddAdminInput = z.output<typeof addAdminInput>

export const createFirstAdminInput = z
  .object({
    ...person,
    setupToken: z
      .string({ error: 'Enter the set-up token.' })
      .trim()
      .min(1, 'Enter the set-up token.')
      .max(500, 'This set-up token is too long.'),
    password: newPasswordSchema,
    passwordAgain: passwordAgainSchema,
  })
  .refine(same, differ)
export type CreateFirstAdminInput = z.output<typeof createFirstAdminInput>
