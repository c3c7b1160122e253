// The routing table: `METHOD /path/:param` to handler. A known path with another method is a 405 with Allow.
import { notFound, Problem } from './problem.mjs'

export function createRouter() {
  const routes = []
  return {
    add(base, table) {
      for (const [key, handler] of Object.entries(table)) {
        const [method, path] = key.split(' ')
        const pattern = (base + path).replace(/[.]/g, '\\.').replace(/:(\w+)/g, '(?<$1>[^/]+)')
        routes.push({ method, pattern: new RegExp(`^${pattern}$`), literal: !path.includes(':'), handler })
      }
    },
    match(method, path) {
      const onPath = routes
        .map((route) => ({ route, found: route.pattern.exec(path) }))
        .filter(({ found }) => found)
        .sort((left, right) => Number(right.route.literal) - Number(left.route.literal))
      if (onPath.length === 0) throw notFound('There is nothing at this address.')
      const wanted = method === 'HEAD' ? 'GET' : method
      const hit = onPath.find(({ route }) => route.method === wanted)
      if (!hit) throw methodNotAllowed(onPath.map(({ route }) => route.method))
      return { handler: hit.route.handler, params: decoded(hit.found.groups ?? {}) }
    },
  }
}

/** What a handler returns when the answer is not a plain 200 with JSON. */
function reply(status, body, headers = {}) {
  return { isReply: true, status, body, headers }
}

export function created(record, location) {
  return reply(201, record, location ? { location } : {})
}

export function noContent() {
  return reply(204)
}

function methodNotAllowed(methods) {
  const allowed = [...new Set(methods.flatMap((method) => (method === 'GET' ? ['GET', 'HEAD'] : [method])))]
  const problem = new Problem(405, 'method_not_allowed', `This address accepts ${allowed.join(', ')}.`)
  problem.headers = { allow: allowed.join(', ') }
  return problem
}

function decoded(groups) {
  try {
    return Object.fromEntries(
      Object.entries(groups).map(([name, value]) => [name, decodeURIComponent(value)]),
    )
  } catch {
    throw notFound('There is nothing at this address.')
  }
}
