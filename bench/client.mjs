// A reader of pages that measures: how long an answer takes to its last byte, by turns, and what scripts a page brings.
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { brotliCompressSync, constants } from 'node:zlib'
import { root } from '../scripts/steps.mjs'

/** Answers the cookies of somebody who logs in as people do; `address` is where a portal listens that visitors find at `origin`. */
export async function logIn(origin, email, password, address = origin) {
  const response = await fetch(`${address}/auth/login`, {
    method: 'POST',
    body: new URLSearchParams({ email, password }),
    headers: { origin, 'sec-fetch-site': 'same-origin' },
    redirect: 'manual',
  })
  if (response.status !== 303) throw new Error(`${email} could not log in: ${response.status}`)
  return response.headers
    .getSetCookie()
    .map((cookie) => cookie.split(';')[0])
    .join('; ')
}

/** The page's text; anything but 200 ends the measurement. */
export async function read(url, cookie) {
  const response = await fetch(url, { headers: cookie ? { cookie } : {}, redirect: 'manual' })
  const text = await response.text()
  if (response.status !== 200) throw new Error(`${url} answered ${response.status}`)
  return {
    text,
    trips: Number(/desc="(\d+) trips"/.exec(response.headers.get('server-timing') ?? '')?.[1] ?? 0),
  }
}

/**
 * Milliseconds of each page, by turns in an order that changes, so that whatever else the machine does falls on all alike.
 * `pages`: name → { url, cookie }. Resolves to name → median.
 */
export async function medians(pages, { rounds = 60, warmUp = 8 } = {}) {
  const names = Object.keys(pages)
  const times = Object.fromEntries(names.map((name) => [name, []]))
  for (let round = 0; round < warmUp + rounds; round += 1) {
    const turn = names.slice(round % names.length).concat(names.slice(0, round % names.length))
    for (const name of turn) {
      const began = performance.now()
      await read(pages[name].url, pages[name].cookie)
      if (round >= warmUp) times[name].push(performance.now() - began)
    }
  }
  return Object.fromEntries(names.map((name) => [name, median(times[name])]))
}

export function median(values) {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = Math.floor(sorted.length / 2)
  return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
}

/** The middle of Brotli's levels, as what answers browsers at the edge. */
const brotli = { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } }

/** Kilobytes (1,000 bytes, Brotli) of the scripts that a page loads before anybody touches it. */
export function scriptsOf(html) {
  const files = new Set([...html.matchAll(/"?(\/assets\/[\w./-]+\.js)"?/g)].map((match) => match[1]))
  // The manifest of routes names scripts of other pages: those are loaded when one goes there.
  const loaded = [...files].filter(
    (file) =>
      html.includes(`rel="modulepreload" href="${file}"`) ||
      html.includes(`import "${file}"`) ||
      html.includes(`from "${file}"`),
  )
  const bytes = loaded.map(
    (file) => brotliCompressSync(readFileSync(path.join(root, 'build/client', file)), brotli).byteLength,
  )
  return bytes.reduce((sum, one) => sum + one, 0) / 1000
}
