// Catalogs: a list of products and plans with a visibility.
import { z } from 'zod'
import { idSchema } from '~/domain/kernel/ids'
import { lineSchema } from '~/domain/kernel/text'

export const catalogVisibilities = ['public', 'private', 'custom'] as const

/** Part of an address: small letters, digits and single dashes. */
export const slugSchema = z
  .string({ error: 'Enter a slug.' })
  .trim()
  .min(1, 'Enter a slug.')
  .max(60, 'A slug has at most 60 characters.')
  .regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/, 'A slug has small letters, digits and single dashes between them.')

export const createCatalogInput = z.object({
  name: lineSchema('Name', 2, 80),
  slug: slugSchema,
  visibility: z.enum(catalogVisibilities),
  audience: z.object({
    organizationIds: z.array(idSchema('org')).max(1000),
    teamIds: z.array(idSchema('team')).max(1000),
  }),
})
export type CreateCatalogInput = z.output<typeof createCatalogInput>
