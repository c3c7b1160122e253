// What the gateway's figures share: how one is told, and which calls passed.
import { call } from './gateway-client.mjs'

/** Calls that passed, by credential: what usage is compared with. */
export const passed = new Map()

export async function good(origin, caller) {
  const answer = await call(origin, caller.path, caller.key)
  if (answer.status === 200) passed.set(caller.credentialId, (passed.get(caller.credentialId) ?? 0) + 1)
  return answer
}

export const ms = (value) => `${value.toFixed(2)} ms`

export function atMost(what, value, goal, show) {
  return { what, value: show(value), goal: `≤ ${show(goal)}`, met: value <= goal }
}

export function cheaper(what, value, base, than) {
  return { what, value: `${ms(value)}, against ${ms(base)}`, goal: `less than ${than}`, met: value < base }
}
