// Credentials for the gateway's benchmark: one product, and for each credential an app with approved access of its own.
import { apiKeyHint, newApiKey } from '~/domain/apps/credential-key'
import { sha256Hex } from '~/platform/encoding'

export type GatewayWorld = { database: D1Database; upstreamUrl: string }

/** A key, where it calls, and the id of its credential. */
export type Caller = { key: string; path: string; credentialId: string }

export const strangerKey = newApiKey

export async function growGateway({ database, upstreamUrl }: GatewayWorld): Promise<void> {
  const run = (statement: string, ...values: unknown[]) => database.prepare(statement).bind(...values)
  await database.batch([
    run(`insert into users
      (id, email, email_key, first_name, last_name, role, state, organization_id, org_role, must_change_password, reset_version, notify_requests, notify_expiry, created_at)
      values ('usr_bench', 'bench@bench.example', 'bench@bench.example', 'Bo', 'Bench', 'developer', 'active', 'org_default', 'team_member', 0, 0, 1, 1, 1000000)`),
    run(`insert into products (id, name, slug, summary, description_markdown, description_html, featured, state, published_at, created_at)
      values ('prd_bench', 'Bench', 'bench', 'What is called', 'Text', '<p>Text</p>', 0, 'published', 1000000, 1000000)`),
    run(
      `insert into apis (id, product_id, slug, name, version, upstream_url, created_at)
        values ('api_bench', 'prd_bench', 'main', 'Main', '1.0.0', ?, 1000000)`,
      upstreamUrl,
    ),
    run(`insert into plans (id, name, name_key, description, approval, created_at)
      values ('pln_bench', 'Bench', 'bench', '', 'auto', 1000000)`),
  ])
}

let made = 0

/** `rateLimit` calls an hour, or any number. One statement a line, and one call for twenty credentials. */
export async function addCallers(
  { database }: GatewayWorld,
  count: number,
  rateLimit: number | null = null,
): Promise<Caller[]> {
  const callers: Caller[] = []
  const limit = rateLimit === null ? 'null, null' : `${rateLimit}, 3600`
  for (let start = 0; start < count; start += 20) {
    const statements: string[] = []
    for (let at = start; at < Math.min(count, start + 20); at += 1) {
      made += 1
      const [key, n] = [newApiKey(), made]
      statements.push(
        `insert into apps (id, organization_id, owner_id, name, name_key, visibility, redirect_urls, created_at) values ('app_b${n}', 'org_default', 'usr_bench', 'App ${n}', 'app ${n}', 'personal', '[]', 1000000)`,
        `insert into access_requests (id, submission_id, app_id, organization_id, requester_id, catalog_id, plan_id, credential_type, state, plan_name, rate_limit, rate_period_seconds, created_at) values ('req_b${n}', 'sub-${n}', 'app_b${n}', 'org_default', 'usr_bench', 'cat_public', 'pln_bench', 'api_key', 'approved', 'Bench', ${limit}, 1000000)`,
        `insert into access_request_products (request_id, product_id, app_id, plan_id, live) values ('req_b${n}', 'prd_bench', 'app_b${n}', 'pln_bench', 1)`,
        `insert into credentials (id, app_id, type, state, name, secret_hash, hint, created_at) values ('crd_b${n}', 'app_b${n}', 'api_key', 'active', 'Key', '${await sha256Hex(key)}', '${apiKeyHint(key)}', 1000000)`,
        `insert into credential_requests (credential_id, request_id) values ('crd_b${n}', 'req_b${n}')`,
      )
      callers.push({ key, path: '/gateway/bench/main/thing', credentialId: `crd_b${n}` })
    }
    await database.exec(statements.join('\n'))
  }
  return callers
}
