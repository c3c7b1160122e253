// A small browser for tests: cookies, same-origin forms, redirects by hand. It talks to the worker's own `fetch`.
import { createExecutionContext, waitOnExecutionContext } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { sessionCookie } from '~/platform/cookies'
import worker from '~/worker'
import { session } from './world'

export const origin = 'https://portal.test'

/**
 * What the worker answers, once what it does beside the answer is done. Its `fetch` is called as it is: the pool's own
 * service binding slows down by half a millisecond with each request of a run, which made the suites take ten minutes.
 */
export async function askWorker(url: string, init: RequestInit = {}, bindings: Env = env): Promise<Response> {
  const ctx = createExecutionContext()
  const request = new Request(url, { ...init, redirect: 'manual' }) as Parameters<typeof worker.fetch>[0]
  const response = await worker.fetch(request, bindings, ctx)
  await waitOnExecutionContext(ctx)
  return response
}

export class Portal {
  readonly cookies = new Map<string, string>()

  /** `bindings`: those of another deployment instead of the tests' own. */
  constructor(private readonly bindings: Env = env) {}

  async request(path: string, init: RequestInit = {}): Promise<Response> {
    const headers = new Headers(init.headers)
    if (this.cookies.size > 0) {
      headers.set('cookie', [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; '))
    }
    if (!headers.has('cf-connecting-ip')) headers.set('cf-connecting-ip', '203.0.113.9')
    const response = await askWorker(new URL(path, origin).href, { ...init, headers }, this.bindings)
    for (const cookie of response.headers.getSetCookie()) {
      const [pair = ''] = cookie.split(';')
      const at = pair.indexOf('=')
      const name = pair.slice(0, at)
      if (/Max-Age=0/.test(cookie)) this.cookies.delete(name)
      else this.cookies.set(name, pair.slice(at + 1))
    }
    return response
  }

  /** The page's HTML, after at most five redirects. */
  async get(path: string): Promise<{ status: number; html: string; response: Response; path: string }> {
    let at = path
    for (let hops = 0; hops < 5; hops += 1) {
      const response = await this.request(at)
      const location = response.headers.get('location')
      if (!location) return { status: response.status, html: await response.text(), response, path: at }
      await response.body?.cancel()
      at = location
    }
    throw new Error(`too many redirects from ${path}`)
  }

  /** Posts a form as a browser does from a page of the portal. The answer is not followed. */
  async post(
    path: string,
    fields: Record<string, string | string[]> = {},
    headers: Record<string, string> = {},
  ): Promise<Response> {
    const body = new URLSearchParams()
    for (const [name, value] of Object.entries(fields))
      for (const one of [value].flat()) body.append(name, one)
    return this.request(path, {
      method: 'POST',
      body,
      headers: { origin, 'sec-fetch-site': 'same-origin', ...headers },
    })
  }

  /** The text of the toast that the next page will show. */
  notice(): string | null {
    const value = this.cookies.get('__Host-portico_flash')
    return value ? (JSON.parse(decodeURIComponent(value)) as { text: string }).text : null
  }
}

/** A browser in which this user is signed in. */
export async function signedIn(user: { userId: `usr_${string}` }, bindings?: Env): Promise<Portal> {
  const portal = new Portal(bindings)
  portal.cookies.set(sessionCookie, await session(user.userId))
  return portal
}
