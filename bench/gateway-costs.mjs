// What the gateway's check costs: added time, storage operations, throughput.
import { byTurns, call, median, p99, throughput } from './gateway-client.mjs'
import { atMost, cheaper, good, ms } from './gateway-figures.mjs'

export async function latency({ isolates, pass, bare, add, strangerKey }) {
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

export async function storage({ counting, add }) {
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

/**
 * Many short turns: on two processors that client, workers and upstream share, one turn of a way may have half the calls of
 * the next, and what disturbs lasts longer than a turn.
 */
const [turns, turnMs] = [250, 150]

export async function load({ isolates, pass, bare, add }) {
  const [here] = isolates
  const [free] = await add(1)
  const ways = {
    bare: () => call(bare, '/thing'),
    pass: () => call(pass, '/gateway/bench/main/thing'),
    check: () => good(here, free),
  }
  const names = Object.keys(ways)
  for (const name of names) await throughput(ways[name], 3000)
  const rates = { bare: [], pass: [], check: [] }
  for (let turn = 0; turn < turns; turn += 1)
    for (const name of turn % 2 ? names : names.toReversed())
      rates[name].push(await throughput(ways[name], turnMs))
  for (const list of Object.values(rates)) list.sort((a, b) => a - b)
  const share = median(rates.check) / median(rates.pass)
  return [
    {
      what: `throughput with the check, of that without it, 16 connections, medians of ${turns} turns`,
      value: `${share.toFixed(2)} (${Math.round(median(rates.check))} of ${Math.round(median(rates.pass))} calls/s)`,
      goal: '≥ 0.90',
      met: share >= 0.9,
    },
    { what: 'throughput of a worker that only fetches', value: `${Math.round(median(rates.bare))} calls/s` },
  ]
}
