// A client of the admin API for tests: tokens made by the command, JSON in and out.
import { type ApiScope, apiScopes } from '~/domain/accounts/api-token'
import { createApiToken } from '~/domain/accounts/create-api-token.server'
import type { AdminActor } from '~/domain/kernel/actor'
import { paths } from '~/platform/paths'
import { contextFor } from './context'
import { askWorker, origin } from './portal'
import * as world from './world'

/** A token of `admin`, with every scope unless some are named. */
export async function apiToken(admin: AdminActor, scopes: readonly ApiScope[] = apiScopes) {
  const made = await createApiToken(contextFor(admin), {
    name: 'Test',
    scopes: [...scopes],
    lifetimeDays: 30,
  })
  if (!made.ok) throw new Error(made.error.message)
  return made.value
}

export type Call = {
  token?: string | null
  body?: unknown
  headers?: Record<string, string>
  /** Sent as it is, instead of `body` as JSON. */
  raw?: BodyInit
}

// biome-ignore lint/suspicious/noExplicitAny: tests look into answers of every form
export type Answer = { status: number; body: any; text: string; headers: Headers }

/** `path` is that of an operation, without `/api/v1`. */
export async function callApi(method: string, path: string, call: Call = {}): Promise<Answer> {
  const headers = new Headers({ 'cf-connecting-ip': '203.0.113.80', ...call.headers })
  if (call.token) headers.set('authorization', `Bearer ${call.token}`)
  const body = call.raw ?? (call.body === undefined ? undefined : JSON.stringify(call.body))
  if (call.body !== undefined && !headers.has('content-type')) headers.set('content-type', 'application/json')
  const response = await askWorker(`${origin}${paths.api.root}${path}`, {
    method,
    headers,
    ...(body === undefined ? {} : { body }),
  })
  const text = await response.text()
  let json: unknown = null
  if (/json/.test(response.headers.get('content-type') ?? '') && text) json = JSON.parse(text)
  return { status: response.status, body: json, text, headers: response.headers }
}

/** An admin's client: every call carries the token. */
export async function apiClient(scopes?: readonly ApiScope[]) {
  const admin = await world.admin()
  const { token, tokenId } = await apiToken(admin, scopes)
  return {
    admin,
    token,
    tokenId,
    call: (method: string, path: string, body?: unknown, headers: Record<string, string> = {}) =>
      callApi(method, path, { token, headers, ...(body === undefined ? {} : { body }) }),
  }
}
