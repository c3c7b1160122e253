// Products with their APIs and guides: what an admin enters.
import { z } from 'zod'
import { idSchema } from '~/domain/kernel/ids'
import { lineSchema, paragraphSchema } from '~/domain/kernel/text'
import { slugSchema } from './catalog'

/** 256 KB: a logo is shown at 64 pixels. */
export const maxLogoBytes = 256 * 1024
export const logoContentTypes = ['image/svg+xml', 'image/png', 'image/jpeg', 'image/webp'] as const

const tagSchema = z
  .string()
  .trim()
  .regex(
    /^[a-z0-9][a-z0-9 -]{0,38}$/,
    'A tag has small letters, digits, spaces and dashes, at most 39 of them.',
  )

export const createProductInput = z.object({
  name: lineSchema('Name', 2, 80),
  slug: slugSchema,
  summary: lineSchema('Summary', 1, 200),
  description: paragraphSchema('Description', 50_000),
  tags: z.array(tagSchema).max(20),
  featured: z.boolean(),
  catalogIds: z.array(idSchema('cat')).max(100),
  logo: z
    .object({
      contentType: z.enum(logoContentTypes),
      bytes: z
        .instanceof(Uint8Array)
        .refine((bytes) => bytes.byteLength <= maxLogoBytes, 'A logo has at most 256 KB.'),
    })
    .nullable(),
})
export type CreateProductInput = z.output<typeof createProductInput>

export const createApiInput = z.object({
  slug: slugSchema,
  name: lineSchema('Name', 2, 80),
  version: lineSchema('Version', 1, 40),
  upstreamUrl: z
    .string()
    .trim()
    .max(2000)
    .regex(
      /^https?:\/\/[^\s?#]+$/,
      'Enter an address that begins with https:// and has no question mark or hash.',
    )
    .nullable(),
})
export type CreateApiInput = z.output<typeof createApiInput>

export const createGuideInput = z.object({
  slug: slugSchema,
  title: lineSchema('Title', 1, 120),
  body: paragraphSchema('Text', 200_000),
  position: z.number().int().min(0).max(10_000),
  published: z.boolean(),
})
export type CreateGuideInput = z.output<typeof createGuideInput>

/** How the list of products can be narrowed and sorted; anything else in the address is ignored. */
export const productSorts = ['name', 'newest'] as const
export type ProductSort = (typeof productSorts)[number]

export type ProductFilter = { catalog: string | null; tag: string | null; search: string; sort: ProductSort }

export function productFilterOf(params: URLSearchParams): ProductFilter {
  const text = (name: string) => params.get(name)?.trim().slice(0, 200) || null
  return {
    catalog: text('catalog'),
    tag: text('tag'),
    search: text('q') ?? '',
    sort: params.get('sort') === 'newest' ? 'newest' : 'name',
  }
}
