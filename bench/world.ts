// Makes the demo's database as large as a big customer's, or a hundredth of that. Lists are filled by plain SQL, because
// commands would take hours; documents go through the import, as an admin's do.
import { sql } from 'drizzle-orm'
import { createApi } from '~/domain/catalog/create-api.server'
import { createProduct } from '~/domain/catalog/create-product.server'
import { importApiDocument } from '~/domain/catalog/import-api-document.server'
import { publishProduct } from '~/domain/catalog/publish-product.server'
import { createDatabase } from '~db/client'
import { contextOutside, done } from '~db/seed-parts'

export { addCallers, growGateway, strangerKey } from './gateway-world'

export type BenchWorld = {
  database: D1Database
  tokens: KVNamespace
  vaultKeys: string
  origin: string
  people: number
}

/** The reference of a small document and of a large one: the same operations, ten and a thousand of them. */
export const references = {
  small: { slug: 'ten-operations', operations: 10 },
  large: { slug: 'thousand-operations', operations: 1000 },
}

/** `people` developers, a tenth as many organizations, each with its team, and as many access requests as people. */
export async function growWorld({ database, tokens, vaultKeys, origin, people }: BenchWorld): Promise<void> {
  const db = createDatabase(database)
  const ctx = contextOutside({ db, tokens, vaultKeys, origin })({ type: 'system' }, Date.now())
  for (const { slug, operations } of Object.values(references)) {
    const { productId } = done(
      await createProduct(ctx, {
        name: `Reference of ${operations} operations`,
        slug,
        summary: 'A document that is measured.',
        description: 'A document that is measured.',
        tags: [],
        featured: false,
        catalogIds: ['cat_public'],
        logo: null,
      }),
    )
    const { apiId } = done(
      await createApi(ctx, productId, {
        slug: 'main',
        name: 'Main',
        version: '1.0.0',
        upstreamUrl: 'https://upstream.example/v1',
      }),
    )
    done(await importApiDocument(ctx, apiId, documentOf(operations)))
    done(await publishProduct(ctx, productId))
  }
  for (const statement of rows(people)) await db.run(sql.raw(statement))
}

const upTo = (n: number) => `with recursive n(i) as (select 1 union all select i + 1 from n where i < ${n})`

function rows(people: number): string[] {
  const places = people / 10
  const apps = people / 100
  return [
    `${upTo(98)} insert into products (id, name, slug, summary, description_markdown, description_html, featured, state, published_at, created_at)
      select printf('prd_B%03d', i), printf('Product %03d', i), printf('bench-%03d', i), 'One of a hundred products, with a summary of a usual length.',
        'Text', '<p>Text</p>', 0, 'published', 1000000 + i, 1000000 + i from n`,
    `${upTo(98)} insert into catalog_products (catalog_id, product_id, position) select 'cat_public', printf('prd_B%03d', i), i + 10 from n`,
    `${upTo(98)} insert into apis (id, product_id, slug, name, version, upstream_url, created_at)
      select printf('api_B%03d', i), printf('prd_B%03d', i), 'main', 'Main API', '1.0.0', 'https://upstream.example', 1000000 from n`,
    `${upTo(places)} insert into organizations (id, name, name_key, state, is_default, created_at)
      select printf('org_S%05d', i), printf('Scale %05d', i * 7919 % ${places}), printf('scale %05d', i * 7919 % ${places}),
        case when i % 100 = 0 then 'suspended' else 'active' end, 0, 1000000 + i / 3 from n`,
    `${upTo(places)} insert into teams (id, organization_id, name, name_key, is_default, created_at)
      select printf('team_D%05d', i), printf('org_S%05d', i), printf('Team %05d', i), printf('team %05d', i), 1, 1000000 + i / 3 from n`,
    `${upTo(people)} insert into users
      (id, email, email_key, first_name, last_name, role, state, organization_id, org_role, must_change_password, reset_version, notify_requests, notify_expiry, created_at)
      select printf('usr_S%06d', i), 'p' || i || '@scale.example', 'p' || i || '@scale.example', 'Pim', 'Person ' || i, 'developer', 'active',
        case when i % 2 = 0 then 'org_default' else printf('org_S%05d', i % ${places} + 1) end, 'team_member', 0, 0, 1, 1, 1000000 + i from n`,
    `${upTo(apps)} insert into apps (id, organization_id, owner_id, name, name_key, visibility, redirect_urls, created_at)
      select printf('app_S%05d', i), u.organization_id, u.id, 'App ' || i, 'app ' || i, 'personal', '[]', 1000000 + i
        from n join users u on u.id = printf('usr_S%06d', i)`,
    `${upTo(people)} insert into access_requests (id, submission_id, app_id, organization_id, requester_id, catalog_id, plan_id, credential_type, state, plan_name, created_at)
      select printf('req_S%06d', i), printf('sub-%06d', i), a.id, a.organization_id, a.owner_id, 'cat_public', (select id from plans where name = 'Free'), 'api_key',
        case i % 4 when 0 then 'pending' when 1 then 'rejected' when 2 then 'withdrawn' else 'revoked' end, 'Free', 1000000 + i
        from n join apps a on a.id = printf('app_S%05d', i % ${apps} + 1)`,
    `${upTo(people)} insert into access_request_products (request_id, product_id, app_id, plan_id, live)
      select r.id, printf('prd_B%03d', i % 98 + 1), r.app_id, r.plan_id, 0 from n join access_requests r on r.id = printf('req_S%06d', i)`,
    ...ownApps,
  ]
}

/** Twenty more apps of Ada's, each with access and a key. */
const ownApps = [
  `${upTo(20)} insert into apps (id, organization_id, owner_id, name, name_key, visibility, redirect_urls, created_at)
    select printf('app_A%02d', i), u.organization_id, u.id, 'Own app ' || i, 'own app ' || i, 'organization', '[]', 2000000 + i
      from n join users u on u.email_key = 'ada@northwind.example'`,
  `${upTo(20)} insert into access_requests (id, submission_id, app_id, organization_id, requester_id, catalog_id, plan_id, credential_type, state, plan_name, rate_limit, rate_period_seconds, created_at)
    select printf('req_A%02d', i), printf('own-%02d', i), a.id, a.organization_id, a.owner_id, c.id, p.id, 'api_key', 'approved', p.name, p.rate_limit, p.rate_period_seconds, 2000000 + i
      from n join apps a on a.id = printf('app_A%02d', i) join catalogs c on c.slug = 'public' join plans p on p.name = 'Free'`,
  `${upTo(20)} insert into access_request_products (request_id, product_id, app_id, plan_id, live)
    select r.id, printf('prd_B%03d', i), r.app_id, r.plan_id, 1 from n join access_requests r on r.id = printf('req_A%02d', i)`,
  `${upTo(20)} insert into credentials (id, app_id, type, state, name, secret_hash, hint, created_at)
    select printf('crd_A%02d', i), printf('app_A%02d', i), 'api_key', 'active', 'Key', printf('bench-hash-%02d', i), 'abcd', 2000000 + i from n`,
  `${upTo(20)} insert into credential_requests (credential_id, request_id) select printf('crd_A%02d', i), printf('req_A%02d', i) from n`,
]

function documentOf(count: number): string {
  const thing = {
    type: 'object',
    required: ['id', 'name'],
    properties: {
      id: { type: 'string', description: 'Which one' },
      name: { type: 'string', maxLength: 80 },
      parts: {
        type: 'array',
        items: { type: 'object', properties: { sku: { type: 'string' }, count: { type: 'integer' } } },
      },
    },
  }
  const operation = (at: number) => ({
    operationId: `operation${at}`,
    tags: [`Group ${Math.floor(at / 20)}`],
    summary: `Get thing ${at}`,
    description: 'Answers one thing, with everything that belongs to it.',
    parameters: [
      { name: 'thingId', in: 'path', required: true, description: 'Which one', schema: { type: 'string' } },
    ],
    responses: {
      200: {
        description: 'The thing',
        content: { 'application/json': { schema: { $ref: '#/components/schemas/Thing' } } },
      },
      404: { description: 'There is none' },
    },
  })
  return JSON.stringify({
    openapi: '3.1.0',
    info: { title: `${count} operations`, version: '1.0.0' },
    paths: Object.fromEntries(
      Array.from({ length: count }, (_, at) => [`/things-${at}/{thingId}`, { get: operation(at) }]),
    ),
    components: { schemas: { Thing: thing } },
  })
}
