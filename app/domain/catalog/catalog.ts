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

export type CatalogVisibility = (typeof catalogVisibilities)[number]

export const visibilityWords: Record<CatalogVisibility, { label: string; hint: string }> = {
  public: { label: 'Public', hint: 'Anyone sees it, also without an account.' },
  private: { label: 'Private', hint: 'Whoever is logged in sees it.' },
  custom: { label: 'Custom', hint: 'Members of the organizations and teams that you choose see it.' },
}

export const editCatalogInput = createCatalogInput
  .pick({ name: true, slug: true })
  .extend({ visibility: z.enum(catalogVisibilities, { error: 'Choose who sees the catalog.' }) })
export type EditCatalogInput = z.output<typeof editCatalogInput>

/** One organization or one team of the audience. */
export const audienceInput = z.object({ member: z.union([idSchema('org'), idSchema('team')]) })
export type AudienceInput = z.output<typeof audienceInput>

/** A product or a plan of a catalog. */
export const catalogItemInput = z.object({ item: z.union([idSchema('prd'), idSchema('pln')]) })
export type CatalogItemInput = z.output<typeof catalogItemInput>

export const directionSchema = z.enum(['up', 'down'])
export const moveCatalogItemInput = catalogItemInput.extend({ direction: directionSchema })
export type MoveCatalogItemInput = z.output<typeof moveCatalogItemInput>
