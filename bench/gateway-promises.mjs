// What the gateway promises: revocation in time, limits and usage exact, bodies of any size.
import { readFileSync } from 'node:fs'
import { drain, median } from './gateway-client.mjs'
import { atMost, good, passed } from './gateway-figures.mjs'

const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms))

const trials = 200
const trialsAtOnce = 14

/** Nobody tells the objects here: the row changes in D1, and only the ends of copies and leases act. */
export async function revocation({ isolates, database, add }) {
  const delays = []
  for (let start = 0; start < trials; start += trialsAtOnce) {
    const callers = await add(Math.min(trialsAtOnce, trials - start))
    delays.push(
      ...(await Promise.all(
        callers.map(async (caller) => {
          let [revokedAt, lastPass, over] = [Number.POSITIVE_INFINITY, 0, 0]
          const client = async (at) => {
            await sleep(at * 12)
            for (;;) {
              const sent = performance.now()
              const { status } = await good(isolates[at % isolates.length], caller)
              if (status === 200) lastPass = Math.max(lastPass, sent)
              else if (status === 403) {
                over += 1
                return
              } else throw new Error(`a poll was answered ${status}`)
              await sleep(Math.max(0, 100 - (performance.now() - sent)))
            }
          }
          const clients = Promise.all(Array.from({ length: 8 }, (_, at) => client(at)))
          await sleep(1000 + Math.random() * 4000)
          await database.exec(
            `update credentials set state = 'revoked', revoked_at = ${Date.now()} where id = '${caller.credentialId}'`,
          )
          revokedAt = performance.now()
          await clients
          if (over !== 8) throw new Error('a client was never refused')
          return Math.max(0, lastPass - revokedAt)
        }),
      )),
    )
  }
  delays.sort((a, b) => a - b)
  const seconds = (value) => `${(value / 1000).toFixed(2)} s`
  return [
    atMost(
      `revocation that nobody tells of, worst of ${delays.length} trials, 8 clients each`,
      delays.at(-1),
      10_000,
      seconds,
    ),
    { what: 'the same, median', value: seconds(median(delays)) },
  ]
}

const parallel = 200
/** Rounds by limit: a round of the largest is as many calls as hundred of the others. */
const roundsOf = { 1: 50, 5: 50, 100: 50, 10000: Number(process.env.BENCH_LARGE_ROUNDS ?? 5) }

export async function limits({ isolates, add }) {
  const figures = []
  for (const [limit, rounds] of Object.entries(roundsOf)) {
    const callers = await add(rounds, Number(limit))
    let [over, short] = [0, 0]
    for (const caller of callers) {
      let accepted = 0
      const client = async (at) => {
        for (;;) {
          const { status } = await good(isolates[at % isolates.length], caller)
          if (status === 429) return
          if (status !== 200) throw new Error(`a call was answered ${status}`)
          accepted += 1
        }
      }
      await Promise.all(Array.from({ length: parallel }, (_, at) => client(at)))
      over += Math.max(0, accepted - Number(limit))
      short += Math.max(0, Number(limit) - accepted)
    }
    figures.push(
      atMost(
        `calls over a limit of ${limit}, ${parallel} parallel callers, ${rounds} rounds`,
        over,
        0,
        String,
      ),
      { what: `calls short of it`, value: String(short) },
    )
  }
  return figures
}

export async function gigabyte({ isolates, add }) {
  const [caller] = await add(1)
  const before = workerMemory()
  let most = 0
  const watch = setInterval(() => {
    most = Math.max(most, workerMemory())
  }, 50)
  const began = performance.now()
  const bytes = await drain(isolates[0], '/gateway/bench/main/gigabyte', caller.key)
  clearInterval(watch)
  passed.set(caller.credentialId, 1)
  const seconds = (performance.now() - began) / 1000
  return [
    {
      what: 'an answer of 1 GiB, streamed',
      value: `${(bytes / 2 ** 30).toFixed(2)} GiB in ${seconds.toFixed(1)} s`,
    },
    atMost(
      'memory that workerd grew by meanwhile',
      Math.max(0, most - before),
      128,
      (mb) => `${mb.toFixed(0)} MB`,
    ),
  ]
}

/** Megabytes in use by the workerd of this process. */
function workerMemory() {
  const children = readFileSync(`/proc/self/task/${process.pid}/children`, 'utf8').trim().split(' ')
  const resident = (pid) => {
    try {
      return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024
    } catch {
      return 0
    }
  }
  return Math.max(...children.map(resident))
}

/** After everything that was measured: each credential's usage in D1 against the answers that its clients got. */
export async function usage({ database }) {
  await sleep(6000)
  const { results } = await database
    .prepare('select credential_id, sum(calls) as calls from usage_hours group by credential_id')
    .all()
  const counted = new Map(results.map((row) => [row.credential_id, row.calls]))
  let [answered, differing] = [0, 0]
  for (const [credentialId, calls] of passed) {
    answered += calls
    differing += Math.abs(calls - (counted.get(credentialId) ?? 0))
  }
  return [
    atMost(
      `usage that differs, of ${answered.toLocaleString('en')} calls of ${passed.size} credentials`,
      differing,
      0,
      String,
    ),
  ]
}
