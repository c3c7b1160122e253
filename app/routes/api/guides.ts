// The guides of a product over the API: the commands of the admins' pages, under their own rules.
import { z } from 'zod'
import { createGuide } from '~/domain/catalog/create-guide.server'
import { deleteGuide } from '~/domain/catalog/delete-guide.server'
import { editGuide } from '~/domain/catalog/edit-guide.server'
import { guideFormInput } from '~/domain/catalog/product'
import { publishGuide } from '~/domain/catalog/publish-guide.server'
import { getGuide, getProduct } from '~/domain/catalog/queries-products.server'
import { unpublishGuide } from '~/domain/catalog/unpublish-guide.server'
import type { AdminActor } from '~/domain/kernel/actor'
import type { DomainContext } from '~/domain/kernel/context'
import { type Id, idSchema } from '~/domain/kernel/ids'
import { ok, type Result } from '~/domain/kernel/result'
import { bodyOf } from '~/platform/api-names'
import { operation } from '~/platform/api-operation'
import { given, listOf } from './lists'

const listedGuide = z.strictObject({
  id: idSchema('gde'),
  product_id: idSchema('prd'),
  title: z.string(),
  slug: z.string(),
  state: z.enum(['draft', 'published']),
})
const guide = listedGuide.extend({ body: z.string().describe('Markdown, without the title.') })
const answer = { name: 'Guide', schema: guide }

/** A text may have 200,000 characters. */
const withText = { maxBytes: 1024 * 1024 }

const { slug, title, body: text } = guideFormInput.shape
const changes = z.object({
  slug: slug.optional(),
  title: title.optional(),
  // Its default would empty what was left out.
  body: text.unwrap().optional(),
})

const ofProduct = '/products/{product_id}/guides'
const path = `${ofProduct}/{guide_id}` as const
const tag = 'guides'
const read = { tag, scope: 'products:read' } as const
const write = { tag, scope: 'products:write' } as const

type Ids = { product_id: Id<'prd'>; guide_id: Id<'gde'> }

export const guideOperations = [
  operation({
    ...read,
    id: 'listGuides',
    method: 'GET',
    path: ofProduct,
    summary: 'List the guides of a product, all of them, in the order of its pages',
    answer: { name: 'GuideList', schema: listOf(listedGuide) },
    async run(ctx, { ids }) {
      const product = await getProduct(ctx, ids.product_id)
      return ok({ data: product.guides.map((row) => toListedGuide(product.id, row)), next_cursor: null })
    },
  }),
  operation({
    ...write,
    id: 'createGuide',
    method: 'POST',
    path: ofProduct,
    summary: 'Add a guide to a product as a draft, after the others',
    description: 'A first line that is a heading of the first level is left out: the page shows the title.',
    body: bodyOf('CreateGuide', guideFormInput, withText),
    status: 201,
    answer,
    async run(ctx, { ids, body }) {
      const made = await createGuide(ctx, ids.product_id, { ...body, position: null, published: false })
      return made.ok ? ok(await one(ctx, { ...ids, guide_id: made.value.guideId })) : made
    },
  }),
  operation({
    ...read,
    id: 'getGuide',
    method: 'GET',
    path,
    summary: 'Get a guide',
    answer,
    run: async (ctx, { ids }) => ok(await one(ctx, ids)),
  }),
  operation({
    ...write,
    id: 'editGuide',
    method: 'PATCH',
    path,
    summary: 'Change a guide',
    description: 'What is left out stays as it is. Of a published guide, readers see the change at once.',
    body: bodyOf('EditGuide', changes, withText),
    answer,
    async run(ctx, { ids, body }) {
      const now = await getGuide(ctx, ids.product_id, ids.guide_id)
      // Nothing to change is no change, and no event.
      if (Object.values(body).every((value) => value === undefined)) return ok(toAnswer(ids.product_id, now))
      const stored = { slug: now.slug, title: now.title, body: now.bodyMarkdown }
      const edited = await editGuide(ctx, ids.product_id, ids.guide_id, { ...stored, ...given(body) })
      return changed(ctx, ids, edited)
    },
  }),
  operation({
    ...write,
    id: 'deleteGuide',
    method: 'DELETE',
    path,
    summary: 'Delete a guide for good',
    async run(ctx, { ids }) {
      const deleted = await deleteGuide(ctx, ids.product_id, ids.guide_id)
      return deleted.ok ? ok(null) : deleted
    },
  }),
  operation({
    ...write,
    id: 'publishGuide',
    method: 'POST',
    path: `${path}/publish`,
    summary: 'Publish a guide: whoever sees the product sees it',
    answer,
    errors: ['already_decided'],
    run: async (ctx, { ids }) => changed(ctx, ids, await publishGuide(ctx, ids.product_id, ids.guide_id)),
  }),
  operation({
    ...write,
    id: 'unpublishGuide',
    method: 'POST',
    path: `${path}/unpublish`,
    summary: 'Make a guide a draft again, which admins alone see',
    answer,
    errors: ['already_decided'],
    run: async (ctx, { ids }) => changed(ctx, ids, await unpublishGuide(ctx, ids.product_id, ids.guide_id)),
  }),
]

/** Throws NotFoundError. */
async function one(ctx: DomainContext<AdminActor>, ids: Ids) {
  return toAnswer(ids.product_id, await getGuide(ctx, ids.product_id, ids.guide_id))
}

async function changed(ctx: DomainContext<AdminActor>, ids: Ids, result: Result<unknown>) {
  return result.ok ? ok(await one(ctx, ids)) : result
}

type GuideRow = Awaited<ReturnType<typeof getGuide>>

function toAnswer(productId: Id<'prd'>, row: GuideRow): z.output<typeof guide> {
  return { ...toListedGuide(productId, row), body: row.bodyMarkdown }
}

function toListedGuide(
  productId: Id<'prd'>,
  row: Pick<GuideRow, 'id' | 'title' | 'slug' | 'state'>,
): z.output<typeof listedGuide> {
  return { id: row.id, product_id: productId, title: row.title, slug: row.slug, state: row.state }
}
