// Each kind of edit of what is offered, with what its event tells.
import { expect } from 'vitest'
import { createGuide } from '~/domain/catalog/create-guide.server'
import { editApi } from '~/domain/catalog/edit-api.server'
import { editCatalog } from '~/domain/catalog/edit-catalog.server'
import { editGuide } from '~/domain/catalog/edit-guide.server'
import { editPlan } from '~/domain/catalog/edit-plan.server'
import { editProduct } from '~/domain/catalog/edit-product.server'
import { importApiDocument } from '~/domain/catalog/import-api-document.server'
import { setProductLogo } from '~/domain/catalog/set-product-logo.server'
import { chooseApiGateway } from '~/domain/gateway/choose-api-gateway.server'
import { editGateway } from '~/domain/gateway/edit-gateway.server'
import { contextFor } from './context'
import { documentText, done } from './documents'
import { canary, changes, type Edits } from './edits'
import { gateway } from './external-gateways'
import * as world from './world'

const ctx = async () => contextFor(await world.admin())

export const offerEdits: Edits = {
  'catalog.changed': {
    run: async () => {
      const { id } = await world.catalog('public')
      const name = `Cat ${id}`
      done(
        await editCatalog(await ctx(), id, {
          name,
          slug: id.toLowerCase().replace('_', '-'),
          visibility: 'public',
        }),
      )
      done(await editCatalog(await ctx(), id, { name, slug: 'other-slug', visibility: 'private' }))
      return id
    },
    expected: [expect.stringMatching(/^Slug: cat-\w+ → other-slug$/), 'Visibility: public → private'],
  },
  'product.changed': {
    run: async () => {
      const [one, two] = [await world.catalog(), await world.catalog()]
      const { id, name, slug } = await world.product([one.id])
      const png = (last: number) => Uint8Array.from([0x89, 0x50, last])
      done(await setProductLogo(await ctx(), id, { contentType: 'image/png', bytes: png(1) }))
      expect(await changes('product.changed', id)).toEqual(['Logo: none → image/png, 3 bytes'])
      done(await setProductLogo(await ctx(), id, { contentType: 'image/png', bytes: png(2) }))
      expect(await changes('product.changed', id)).toEqual([
        'Logo: image/png, 3 bytes (another one) → image/png, 3 bytes',
      ])
      const input = { name, slug, summary: 'Another line', tags: ['b', 'a'], featured: true }
      const catalogIds = [two.id]
      done(await editProduct(await ctx(), id, { ...input, description: `# ${canary}`, catalogIds }))
      expect((await changes('product.changed', id)).at(-1)).toBe(`Catalogs: ${one.name} → ${two.name}`)
      done(await editProduct(await ctx(), id, { ...input, summary: 'Third', description: '', catalogIds }))
      done(
        await editProduct(await ctx(), id, {
          ...input,
          description: `# ${canary}`,
          featured: false,
          tags: ['a'],
          catalogIds,
        }),
      )
      return id
    },
    expected: [
      'Summary: Third → Another line',
      'Description: none → 13 characters',
      'Featured: yes → no',
      'Tags: a, b → a',
    ],
  },
  'plan.changed': {
    run: async () => {
      const [one, two] = [await world.catalog(), await world.catalog()]
      const { id, name } = await world.plan([one.id], { quotaLimit: 5, quotaPeriod: 'day' })
      const terms = {
        rateLimit: null,
        ratePeriodSeconds: null,
        quotaPeriod: 'day',
        keyLifetimeDays: 30,
      } as const
      const input = { name, description: 'For shops', quotaLimit: 9, approval: 'manual', ...terms } as const
      done(await editPlan(await ctx(), id, { ...input, catalogIds: [one.id, two.id] }))
      expect((await changes('plan.changed', id)).at(-1)).toBe(
        `Catalogs: ${one.name} → ${[one.name, two.name].toSorted().join(', ')}`,
      )
      done(
        await editPlan(await ctx(), id, {
          ...input,
          quotaLimit: 8,
          description: 'For all',
          catalogIds: [one.id, two.id],
        }),
      )
      return id
    },
    expected: ['Description: For shops → For all', 'Quota limit: 9 → 8'],
  },
  'api.changed': {
    run: async () => {
      const { id, apiId } = await world.product([])
      const input = { name: 'Main API', slug: 'main', version: '2.0.0', upstreamUrl: null }
      done(await editApi(await ctx(), id, apiId, { ...input, accepts: ['api_key', 'oauth_client'] }))
      return apiId
    },
    expected: [
      'Version: 1.0.0 → 2.0.0',
      'Upstream URL: https://upstream.test/v1 → none',
      'Accepts OAuth: no → yes',
    ],
  },
  'api.gateway_changed': {
    run: async () => {
      const { id, apiId } = await world.product([])
      const at = await gateway({ name: 'Outer gateway' })
      const input = { gateway: at.id, externalApiId: 'orders', listenPath: '/orders/' } as const
      done(await chooseApiGateway(await ctx(), id, apiId, input))
      expect((await changes('api.gateway_changed', apiId))[0]).toBe(
        'Gateway: the built-in gateway → Outer gateway',
      )
      done(await chooseApiGateway(await ctx(), id, apiId, { ...input, listenPath: '/carts/' }))
      return apiId
    },
    expected: ['Listen path: /orders/ → /carts/'],
  },
  'api.document_imported': {
    run: async () => {
      const { apiId } = await world.product([])
      done(await importApiDocument(await ctx(), apiId, documentText()))
      expect(await changes('api.document_imported', apiId)).toEqual([
        'Version: none → 1.0.0',
        'Operations: none → 1',
      ])
      const info = { title: canary, version: '1.1.0' }
      done(await importApiDocument(await ctx(), apiId, documentText({ info })))
      return apiId
    },
    expected: ['Version: 1.0.0 → 1.1.0'],
  },
  'guide.changed': {
    run: async () => {
      const { id } = await world.product([])
      const first = { slug: 'start', title: 'Start', body: `${canary} é`, position: null, published: true }
      const { guideId } = done(await createGuide(await ctx(), id, first))
      done(await editGuide(await ctx(), id, guideId, { ...first, body: `${canary} è` }))
      expect(await changes('guide.changed', guideId)).toEqual([
        'Text: another text of 13 characters → 13 characters',
      ])
      done(await editGuide(await ctx(), id, guideId, { ...first, title: 'Begin', body: 'x'.repeat(1204) }))
      return guideId
    },
    expected: ['Name: Start → Begin', 'Text: 13 characters → 1,204 characters'],
  },
  'gateway.changed': {
    run: async () => {
      const at = await gateway({ name: 'Old gateway' })
      const input = {
        name: 'Old gateway',
        baseUrl: `https://${at.host}`,
        publicUrl: `https://api.${at.host}/`,
      }
      const managementSecret = `secret-${canary}`
      const changed = { ...input, externalOrgId: 'org2', headerName: 'X-Key', managementSecret }
      done(await editGateway(await ctx(), at.id, changed))
      return at.id
    },
    expected: ['External org ID: org1 → org2', 'Header name: Authorization → X-Key'],
  },
}
