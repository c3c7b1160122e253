// Ports to listen on.
import { once } from 'node:events'
import { createServer } from 'node:net'

/** Below those that systems give to outgoing connections (from 32768 on Linux, 49152 elsewhere: RFC 6335, section 6). */
const lowest = 20_000
const highest = 32_000
const tries = 50

/** A port that nobody listens on, nor will an outgoing connection be given it before somebody does. */
export async function freePort(host = '127.0.0.1') {
  for (let left = tries; left > 0; left -= 1) {
    const port = lowest + Math.floor(Math.random() * (highest - lowest))
    const isFree = await mustBeFree(port, host).then(
      () => true,
      (error) => {
        if (error.code === 'EADDRINUSE') return false
        throw error
      },
    )
    if (isFree) return port
  }
  throw new Error(`no free port between ${lowest} and ${highest}`)
}

/** Throws EADDRINUSE. */
export async function mustBeFree(port, host) {
  const server = createServer().listen(port, host)
  await once(server, 'listening')
  await new Promise((closed) => server.close(closed))
}
