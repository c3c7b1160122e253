// Products with their APIs and guides: what an admin enters.
import { z } from 'zod'
import { idSchema } from '~/domain/kernel/ids'
import { lineSchema, paragraphSchema } from '~/domain/kernel/text'
import { maxLogoBytes } from '~/domain/settings/logo'
import { directionSchema, slugSchema } from './catalog'

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
  tags: z.array(tagSchema).max(20, 'A product has at most 20 tags.'),
  featured: z.boolean(),
  catalogIds: z.array(idSchema('cat')).max(100, 'Choose at most 100 catalogs.'),
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

/** Tags as one types them: with commas between. */
const tagListSchema = z
  .string()
  .max(1000, 'These are too many tags.')
  .default('')
  .transform((text) => [
    ...new Set(
      text
        .toLowerCase()
        .split(',')
        .map((tag) => tag.trim())
        .filter(Boolean),
    ),
  ])
  .pipe(createProductInput.shape.tags)

export const productFormInput = createProductInput
  .pick({ name: true, slug: true, summary: true, description: true })
  .extend({
    tags: tagListSchema,
    featured: z.boolean().default(false),
    catalogIds: createProductInput.shape.catalogIds,
  })
export type ProductFormInput = z.output<typeof productFormInput>
/** Without catalogs it stays in those that it is in. */
export type EditProductInput = Omit<ProductFormInput, 'catalogIds'> & {
  catalogIds?: ProductFormInput['catalogIds'] | undefined
}

export const productStateFilters = ['draft', 'published'] as const
export type ProductStateFilter = (typeof productStateFilters)[number]

export const moveInput = z.object({ direction: directionSchema })
export type MoveInput = z.output<typeof moveInput>

/** The name of the API, typed by whoever deletes one that is in use. */
export const deleteApiInput = z.object({
  confirmation: z.string().trim().max(200, 'Type the name of the API.').default(''),
})
export type DeleteApiInput = z.output<typeof deleteApiInput>

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
export type CreateApiInput = z.output<typeof createApiInput> & { accepts?: ApiCredentialType[] | undefined }

export const apiCredentialTypes = ['api_key', 'oauth_client'] as const
export type ApiCredentialType = (typeof apiCredentialTypes)[number]

export const apiFormInput = createApiInput.extend({
  // An empty field of a form is no address: the API is documentation only.
  upstreamUrl: createApiInput.shape.upstreamUrl.default(null),
  accepts: z
    .array(z.enum(apiCredentialTypes))
    .min(1, 'Choose at least one kind of credential.')
    .max(apiCredentialTypes.length),
})
export type ApiFormInput = z.output<typeof apiFormInput>

export const createGuideInput = z.object({
  slug: slugSchema,
  title: lineSchema('Title', 1, 120),
  body: paragraphSchema('Text', 200_000),
  /** Null: after the last one. */
  position: z.number().int().min(0).max(10_000).nullable(),
  published: z.boolean(),
})
export type CreateGuideInput = z.output<typeof createGuideInput>

export const guideFormInput = createGuideInput.pick({ slug: true, title: true, body: true })
export type GuideFormInput = z.output<typeof guideFormInput>

/** How the list of products can be narrowed and sorted; anything else in the address is ignored. */
export const productSorts = ['relevance', 'catalog', 'name', 'newest'] as const
export type ProductSort = (typeof productSorts)[number]

export type ProductFilter = { catalog: string | null; tag: string | null; search: string; sort: ProductSort }

export function productFilterOf(params: URLSearchParams): ProductFilter {
  const text = (name: string) => params.get(name)?.trim().slice(0, 200) || null
  const search = text('q') ?? ''
  const wanted = productSorts.find((sort) => sort === params.get('sort'))
  const catalog = text('catalog')
  const possible = wanted && sortsFor({ catalog, search }).includes(wanted) ? wanted : undefined
  return { catalog, tag: text('tag'), search, sort: possible ?? usualSort({ catalog, search }) }
}

type Narrowing = Pick<ProductFilter, 'catalog' | 'search'>

/** The sorts that mean something: how well a search fits, the order of one catalog, and those that always do. */
export function sortsFor({ catalog, search }: Narrowing): ProductSort[] {
  return productSorts.filter(
    (sort) => (sort !== 'relevance' || search !== '') && (sort !== 'catalog' || catalog !== null),
  )
}

/** What is searched for comes best first, one catalog in the order that its admins gave it, all else by name. */
export function usualSort({ catalog, search }: Narrowing): ProductSort {
  if (search !== '') return 'relevance'
  return catalog === null ? 'name' : 'catalog'
}

/** A text of a product or a guide, to be shown before it is saved. */
export const markdownTextInput = z.object({
  description: paragraphSchema('Description', 200_000),
  body: paragraphSchema('Text', 200_000),
})
