// An access request: one app asks for products of one catalog under one plan. Its states, and what its forms take.
import { z } from 'zod'
import {
  appDescriptionSchema,
  appNameSchema,
  appVisibilitySchema,
  type NewApp,
  redirectUrlsSchema,
} from '~/domain/apps/app'
import { type CredentialType, credentialTypes } from '~/domain/apps/credential'
import { type Id, idSchema } from '~/domain/kernel/ids'
import { paragraphSchema } from '~/domain/kernel/text'

/** `retired`: another plan took its place. It is stored as `revoked` with the request that replaced it. */
export const accessRequestStates = [
  'pending',
  'approved',
  'rejected',
  'withdrawn',
  'revoked',
  'retired',
] as const
export type AccessRequestState = (typeof accessRequestStates)[number]

export const accessRequestStateLabels: Record<AccessRequestState, string> = {
  pending: 'Pending',
  approved: 'Approved',
  rejected: 'Rejected',
  withdrawn: 'Withdrawn',
  revoked: 'Revoked',
  retired: 'Retired',
}

export type SubmitAccessRequestInput = {
  /** Made with the page: the same form sent twice is one submission. */
  submissionId: string
  catalogId: Id<'cat'>
  productIds: Id<'prd'>[]
  planId: Id<'pln'>
  app: Id<'app'> | NewApp
  credentialType: CredentialType
  /** A key of this app that shall serve these products, too; null for a new one. */
  credentialId?: Id<'crd'> | null | undefined
  note: string
}

const requestFields = z.object({
  submissionId: z
    .string({ error: 'Reload the page and try again.' })
    .regex(/^[\w-]{8,64}$/, 'Reload the page and try again.'),
  catalogId: idSchema('cat'),
  productIds: z
    .array(idSchema('prd'))
    .min(1, 'Add a product to the cart first.')
    .max(100, 'At most 100 products at once.'),
  planId: z.string({ error: 'Choose a plan.' }).pipe(idSchema('pln')),
  appChoice: z.enum(['existing', 'new'], { error: 'Choose an app.' }),
  credentialType: z.enum(credentialTypes, { error: 'Choose a credential type.' }).default('api_key'),
  credentialId: z
    .literal('')
    .transform(() => null)
    .or(idSchema('crd'))
    .nullish()
    .transform((id) => id ?? null),
  note: paragraphSchema('Note', 1000),
})

const existingAppFields = z
  .object({ appId: z.string({ error: 'Choose an app.' }).pipe(idSchema('app')) })
  .transform(({ appId }) => appId)

const newAppFields = z
  .object({
    appName: appNameSchema,
    appDescription: appDescriptionSchema,
    appVisibility: appVisibilitySchema,
    appTeamId: idSchema('team').optional(),
    appRedirectUrls: redirectUrlsSchema,
  })
  .refine((app) => app.appVisibility !== 'team' || app.appTeamId, {
    path: ['appTeamId'],
    error: 'Choose a team.',
  })
  .transform(
    (app): NewApp => ({
      name: app.appName,
      description: app.appDescription,
      visibility: app.appVisibility,
      teamId: app.appTeamId ?? null,
      redirectUrls: app.appRedirectUrls,
    }),
  )

const text = z.string().optional()

/**
 * The cart's form. The fields of a new app count only where `appChoice` says so. The outer object takes anything, so
 * that all mistakes are told at once.
 */
export const submitAccessRequestInput = z
  .object({
    submissionId: text,
    catalogId: text,
    productIds: z.array(z.string()),
    planId: text,
    appChoice: text,
    appId: text,
    appName: text,
    appDescription: text,
    appVisibility: text,
    appTeamId: text,
    appRedirectUrls: text,
    credentialType: text,
    credentialId: text,
    note: text,
  })
  .transform((form, check): SubmitAccessRequestInput => {
    const request = requestFields.safeParse(form)
    const app =
      form.appChoice === 'existing' ? existingAppFields.safeParse(form) : newAppFields.safeParse(form)
    for (const issue of [...(request.error?.issues ?? []), ...(app.error?.issues ?? [])]) {
      check.addIssue({ code: 'custom', path: issue.path, message: issue.message })
    }
    if (!request.success || !app.success) return z.NEVER
    const { appChoice: _, ...rest } = request.data
    return { ...rest, productIds: [...new Set(rest.productIds)], app: app.data }
  })

/** By an admin, for an app. */
export const grantAccessInput = requestFields
  .pick({ submissionId: true, catalogId: true, planId: true, credentialType: true })
  .extend({
    productIds: z
      .array(idSchema('prd'))
      .min(1, 'Choose at least one product.')
      .max(100, 'At most 100 products at once.')
      .transform((ids) => [...new Set(ids)]),
  })
export type GrantAccessInput = z.output<typeof grantAccessInput>

/** `planId` may be another plan of the catalog than the one that was asked for. */
export const approveUnderPlanInput = requestFields.pick({ planId: true })
export type ApproveAccessRequestInput = { planId?: Id<'pln'> | undefined }

/** By a developer, for access that the app has. */
export const changePlanInput = requestFields.pick({ submissionId: true, planId: true, note: true })
export type ChangePlanInput = z.output<typeof changePlanInput>

export const rejectAccessRequestInput = z.object({ reason: paragraphSchema('Reason', 500) })
export type RejectAccessRequestInput = z.output<typeof rejectAccessRequestInput>
