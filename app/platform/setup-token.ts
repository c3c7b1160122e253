// The secret that makes the first admin. Compared in constant time, by hashes of one length; without one nothing matches.
import { timingSafeEqual } from 'node:crypto'
import { sha256Hex } from './encoding'

export function setupTokenCheck(env: Env): (token: string) => Promise<boolean> {
  return async (token) => {
    const expected = await sha256Hex(env.SETUP_TOKEN ?? '')
    const given = await sha256Hex(token)
    return timingSafeEqual(Buffer.from(given), Buffer.from(expected)) && Boolean(env.SETUP_TOKEN)
  }
}
