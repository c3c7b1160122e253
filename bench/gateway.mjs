// The gateway: what its check costs beside the same way to the upstream without it, how late a revocation acts, and whether
// limits and usage are exact, over four isolates of one workerd.
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { bin, must, root } from '../scripts/steps.mjs'
import { byTurns, call, drain, median, p99, throughput } from './gateway-client.mjs'
import { startWorkers } from './gateway-workers.mjs'

export const title = 'Gateway'
export const about =
  'Worker, pass-through and upstream run on one machine over the loopback address, and the client beside them; compared figures are taken by turns in one run. Four isolates share D1 and the Durable Objects.'

const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms))

export async function measure() {
  console.log('Building the worker, and the world …')
  await must('The build', bin('remix'), ['vite:build', '--logLevel', 'warn'], { silent: true })
  await must(
    'The build of the world',
    bin('vite'),
    ['build', '--config', 'vite.seed.config.ts', '--mode', 'bench', '--logLevel', 'error'],
    { silent: true },
  )
  await must(
    'The build of the pass-through',
    bin('vite'),
    ['build', '--config', 'vite.seed.config.ts', '--mode', 'pass-through', '--logLevel', 'error'],
    { silent: true },
  )
  const world = await import(path.join(root, '.cache/bench/bench.mjs'))
  // In memory where there is a place for it: the disk of this machine is not what is measured.
  const stateFolder = mkdtempSync(path.join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'portico-bench-'))
  const workers = await startWorkers(stateFolder)
  try {
    await world.growGateway(workers)
    const add = (count, rateLimit) => world.addCallers(workers, count, rateLimit)
    const parts = { latency, storage, load, revocation, limits, gigabyte, usage }
    const figures = []
    for (const [name, part] of Object.entries(parts)) {
      console.log(`Measuring ${name} …`)
      const found = await part({ ...workers, add, strangerKey: world.strangerKey })
      for (const one of found) console.log(`  ${one.what}: ${one.value} ${one.goal ?? ''}`)
      figures.push(...found)
    }
    return figures
  } finally {
    await workers.stop()
    rmSync(stateFolder, { recursive: true, force: true })
  }
}

/** Calls that passed, by credential: what usage is compared with. */
const passed = new Map()

async function good(origin, caller) {
  const answer = await call(origin, caller.path, caller.key)
  if (answer.status === 200) passed.set(caller.credentialId, (passed.get(caller.credentialId) ?? 0) + 1)
  return answer
}

async function latency({ isolates, pass, bare, add, strangerKey }) {
  const [here, elsewhere] = isolates
  const [free] = await add(1)
  const [limited] = await add(1, 10_000_000)
  const times = await byTurns(
    {
      bare: () => call(bare, '/thing'),
      pass: () => call(pass, '/gateway/bench/main/thing'),
      free: () => good(here, free),
      limited: () => good(here, limited),
    },
    3000,
  )
  const cold = await add(300)
  const rounds = { object: [], unknown: [], known: [], malformed: [], database: [], pass: [], warm: [] }
  const stranger = strangerKey()
  for (const caller of cold) {
    rounds.pass.push((await call(pass, '/gateway/bench/main/thing')).ms)
    rounds.warm.push((await good(here, free)).ms)
    rounds.database.push((await good(here, caller)).ms)
    rounds.object.push((await good(elsewhere, caller)).ms)
    rounds.unknown.push((await call(here, caller.path, strangerKey())).ms)
    rounds.known.push((await call(here, caller.path, stranger)).ms)
    rounds.malformed.push((await call(here, caller.path, strangerKey().slice(0, -1))).ms)
  }
  for (const list of Object.values(rounds)) list.sort((a, b) => a - b)
  const added = (name, of = times, base = times.pass) => median(of[name]) - median(base)
  return [
    {
      what: 'a call without the check, median and 99 of 100',
      value: `${ms(median(times.pass))}, ${ms(p99(times.pass))}`,
    },
    {
      what: 'a call through a worker that only fetches, median and 99 of 100',
      value: `${ms(median(times.bare))}, ${ms(p99(times.bare))}`,
    },
    atMost('added by the check, warm, no limits, median', added('free'), 0.15, ms),
    atMost('added by the check, warm, no limits, 99 of 100', p99(times.free) - p99(times.pass), 1, ms),
    atMost('added by the check, warm, under a rate, median', added('limited'), 0.15, ms),
    atMost('added by the check, warm, under a rate, 99 of 100', p99(times.limited) - p99(times.pass), 1, ms),
    atMost(
      'added for a credential new to the isolate: one object is asked',
      added('object', rounds, rounds.pass),
      5,
      ms,
    ),
    {
      what: 'added for a credential new to its object too, which asks D1',
      value: ms(added('database', rounds, rounds.pass)),
    },
    cheaper(
      'an unknown key, its first call',
      median(rounds.unknown),
      median(rounds.database),
      'a valid one, its first call',
    ),
    cheaper('an unknown key, later calls', median(rounds.known), median(rounds.warm), 'a valid one, warm'),
    cheaper('a malformed key', median(rounds.malformed), median(rounds.warm), 'a valid one, warm'),
  ]
}

async function storage({ counting, add }) {
  const [caller] = await add(1)
  for (let at = 0; at < 50; at += 1) await good(counting, caller)
  const asked = async () => JSON.parse((await call(counting, '/bench/asked')).text())
  await asked()
  const began = performance.now()
  let renewals = 0
  let [total, reports] = [0, 0]
  for (let round = 0; round < 10; round += 1) {
    for (let at = 0; at < 100; at += 1) await good(counting, caller)
    const told = await asked()
    renewals += told['object.find'] ?? 0
    reports += told['object.report'] ?? 0
    for (const count of Object.values(told)) total += count
  }
  const seconds = (performance.now() - began) / 1000
  await call(counting, caller.path, 'prt_live_malformed')
  const malformed = Object.values(await asked()).reduce((sum, one) => sum + one, 0)
  const inCalls = total - renewals - reports
  return [
    atMost('storage operations in 1,000 warm calls', inCalls, 0, String),
    {
      what: `the same calls took ${seconds.toFixed(1)} s: leases renewed, and reports of usage behind the answers`,
      value: `${renewals}, ${reports}`,
    },
    atMost('storage operations of a malformed key', Math.max(0, malformed - reports), 1, String),
  ]
}

async function load({ isolates, pass, bare, add }) {
  const [here] = isolates
  const [free] = await add(1)
  const ways = {
    bare: () => call(bare, '/thing'),
    pass: () => call(pass, '/gateway/bench/main/thing'),
    check: () => good(here, free),
  }
  const rates = { bare: [], pass: [], check: [] }
  for (let round = 0; round < 10; round += 1)
    for (const name of round % 2 ? ['check', 'pass', 'bare'] : ['bare', 'pass', 'check']) {
      const rate = await throughput(ways[name], 1500)
      if (round > 1) rates[name].push(rate)
    }
  for (const list of Object.values(rates)) list.sort((a, b) => a - b)
  const share = median(rates.check) / median(rates.pass)
  return [
    {
      what: 'throughput with the check, of that without it, 16 connections',
      value: `${share.toFixed(2)} (${Math.round(median(rates.check))} of ${Math.round(median(rates.pass))} calls/s)`,
      goal: '≥ 0.90',
      met: share >= 0.9,
    },
    { what: 'throughput of a worker that only fetches', value: `${Math.round(median(rates.bare))} calls/s` },
  ]
}

const trials = 200
const trialsAtOnce = 14

/** Nobody tells the objects here: the row changes in D1, and only the ends of copies and leases act. */
async function revocation({ isolates, database, add }) {
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

async function limits({ isolates, add }) {
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

async function gigabyte({ isolates, add }) {
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
async function usage({ database }) {
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

const ms = (value) => `${value.toFixed(2)} ms`

function atMost(what, value, goal, show) {
  return { what, value: show(value), goal: `≤ ${show(goal)}`, met: value <= goal }
}

function cheaper(what, value, base, than) {
  return { what, value: `${ms(value)}, against ${ms(base)}`, goal: `less than ${than}`, met: value < base }
}
