// A client of the gateway that measures: calls over connections that stay open, one after another or many at once.
import http from 'node:http'

const agent = new http.Agent({ keepAlive: true, maxSockets: 256 })

/** Status, text, and milliseconds to the last byte. When a connection was closed while it rested, a new one is opened. */
export async function call(origin, path, key) {
  try {
    return await callOnce(origin, path, key)
  } catch (error) {
    if (error.code !== 'ECONNRESET') throw error
    return callOnce(origin, path, key, false)
  }
}

function callOnce(origin, path, key, by = agent) {
  const began = performance.now()
  return new Promise((resolve, reject) => {
    const request = http.get(
      `${origin}${path}`,
      { agent: by, headers: key ? { 'x-api-key': key } : {} },
      (response) => {
        const parts = []
        response.on('data', (part) => parts.push(part))
        response.on('error', reject)
        response.on('end', () =>
          resolve({
            status: response.statusCode,
            ms: performance.now() - began,
            text: () => Buffer.concat(parts).toString(),
          }),
        )
      },
    )
    request.on('error', reject)
  })
}

/** Bytes of an answer that is thrown away as it comes. */
export function drain(origin, path, key) {
  return new Promise((resolve, reject) => {
    http
      .get(`${origin}${path}`, { agent, headers: { 'x-api-key': key } }, (response) => {
        let bytes = 0
        response.on('data', (part) => {
          bytes += part.length
        })
        response.on('error', reject)
        response.on('end', () => resolve(bytes))
      })
      .on('error', reject)
  })
}

/** By turns, one call at a time: name → sorted milliseconds. `ways`: name → () => call. */
export async function byTurns(ways, rounds, warmUp = 200) {
  const names = Object.keys(ways)
  const times = Object.fromEntries(names.map((name) => [name, []]))
  for (let round = 0; round < warmUp + rounds; round += 1) {
    for (let turn = 0; turn < names.length; turn += 1) {
      const name = names[(turn + round) % names.length]
      const { ms, status } = await ways[name]()
      if (status !== 200) throw new Error(`${name}: ${status}`)
      if (round >= warmUp) times[name].push(ms)
    }
  }
  for (const list of Object.values(times)) list.sort((a, b) => a - b)
  return times
}

export const median = (sorted) => sorted[Math.floor(sorted.length / 2)]
export const p99 = (sorted) => sorted[Math.floor(sorted.length * 0.99)]

/** Calls a second with `connections` at once, for `ms`. */
export async function throughput(way, ms, connections = 16) {
  const until = performance.now() + ms
  let done = 0
  const began = performance.now()
  await Promise.all(
    Array.from({ length: connections }, async () => {
      while (performance.now() < until) {
        await way()
        done += 1
      }
    }),
  )
  return (done / (performance.now() - began)) * 1000
}
