// The Payouts API: balance, destinations and payouts. A payout takes its amount from the available balance at
// once; canceling gives it back.
import { conflict, invalid } from './problem.mjs'
import { created, noContent } from './router.mjs'
import { createCollection, filtered, page, pick, seededTime } from './store.mjs'
import { choice, country, integer, metadata, nullable, optional, readBody, text, union } from './validate.mjs'

const payoutStatuses = ['pending', 'in_transit', 'paid', 'failed', 'canceled']
const transactionTypes = ['payment', 'refund', 'fee', 'payout']
const weekdays = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday']

const destinationShape = union('type', {
  iban: {
    account_holder: text({ max: 120 }),
    iban: text({ pattern: /^[A-Z]{2}\d{2}[A-Z0-9]{11,30}$/, hint: 'must be an IBAN without spaces' }),
  },
  us_bank_account: {
    account_holder: text({ max: 120 }),
    routing_number: text({ pattern: /^\d{9}$/, hint: 'must be nine digits' }),
    account_number: text({ pattern: /^\d{6,17}$/, hint: 'must be 6 to 17 digits' }),
    country: optional(country(), 'US'),
  },
})

export function payoutsApi({ now, base }) {
  const destinations = createCollection('dst', { label: 'destination' })
  const payouts = createCollection('po', { label: 'payout' })
  const transactions = createCollection('txn', { label: 'transaction' })
  const balances = {
    EUR: { available: 1_284_350, pending: 96_400 },
    USD: { available: 412_900, pending: 22_150 },
  }
  let schedule = { interval: 'weekly', weekday: 'friday', minimum_amount: 10_000, destination_id: 'dst_1001' }
  seed()

  function seed() {
    destinations.seed(8, (index) => ({
      type: index % 2 === 0 ? 'iban' : 'us_bank_account',
      account_holder: 'Harbor Coffee GmbH',
      bank_name: index % 2 === 0 ? 'Nordhafen Bank' : 'First Prairie Bank',
      country: index % 2 === 0 ? 'DE' : 'US',
      currency: index % 2 === 0 ? 'EUR' : 'USD',
      last4: String(7710 + index),
      created_at: seededTime(index * 20),
    }))
    payouts.seed(40, (index) => {
      const status =
        index >= 36 ? pick(['pending', 'in_transit'], index) : index % 9 === 8 ? 'failed' : 'paid'
      return {
        amount: 40_000 + ((index * 9173) % 160_000),
        currency: index % 2 === 0 ? 'EUR' : 'USD',
        status,
        destination_id: `dst_${1001 + (index % 6)}`,
        description: pick(['Weekly payout', 'Manual payout'], index % 5 === 0 ? 1 : 0),
        failure_reason: status === 'failed' ? 'account_closed' : null,
        arrival_date: seededTime(24 * (index * 2 + 5)).slice(0, 10),
        metadata: {},
        created_at: seededTime(24 * (index * 2 + 2)),
      }
    })
    transactions.seed(120, (index) => {
      const type = pick(['payment', 'payment', 'fee', 'payment', 'refund', 'payout'], index)
      const size = type === 'fee' ? 90 + (index % 7) * 11 : 1200 + ((index * 911) % 30_000)
      return {
        type,
        amount: type === 'payment' ? size : -size,
        currency: index % 3 === 0 ? 'USD' : 'EUR',
        source_id:
          type === 'payout'
            ? `po_${1001 + (index % 36)}`
            : type === 'fee'
              ? null
              : `pay_${1001 + (index % 72)}`,
        available_on: seededTime(24 * (index / 2 + 2)).slice(0, 10),
        created_at: seededTime(12 * index),
      }
    })
    for (const collection of [destinations, payouts, transactions]) collection.seal()
  }

  return {
    'GET /balance': () => ({
      balances: Object.entries(balances).map(([currency, amounts]) => ({ currency, ...amounts })),
      as_of: now(),
    }),
    'GET /balance/transactions': ({ query }) =>
      page(query, filtered(query, transactions.all(), { type: transactionTypes, currency: ['EUR', 'USD'] })),
    'GET /payouts': ({ query }) =>
      page(
        query,
        filtered(query, payouts.all(), { status: payoutStatuses, destination_id: 'destination_id' }),
      ),
    'POST /payouts': ({ body }) => {
      const input = readBody(body, {
        amount: integer({ min: 100 }),
        currency: choice(['EUR', 'USD']),
        destination_id: text(),
        description: nullable(text({ max: 140 })),
        metadata: optional(metadata(), {}),
      })
      const destination = destinations.find(input.destination_id)
      if (destination?.currency !== input.currency) {
        throw invalid([{ field: '/destination_id', message: `must name a destination in ${input.currency}` }])
      }
      if (input.amount > balances[input.currency].available) {
        throw conflict('balance_too_low', 'The available balance is lower than the amount of the payout.')
      }
      balances[input.currency].available -= input.amount
      const payout = payouts.insert({
        ...input,
        status: 'pending',
        failure_reason: null,
        arrival_date: daysLater(now(), 2),
        created_at: now(),
      })
      return created(payout, `${base}/payouts/${payout.id}`)
    },
    'GET /payouts/:payout_id': ({ params }) => payouts.get(params.payout_id),
    'POST /payouts/:payout_id/cancel': ({ params }) => {
      const payout = payouts.get(params.payout_id)
      if (payout.status !== 'pending') {
        throw conflict('invalid_state', `A payout with the status ${payout.status} cannot be canceled.`)
      }
      balances[payout.currency].available += payout.amount
      return Object.assign(payout, { status: 'canceled' })
    },
    'GET /destinations': ({ query }) => page(query, destinations.all()),
    'POST /destinations': ({ body }) => {
      const destination = readBody(body, destinationShape)
      const isIban = destination.type === 'iban'
      const record = destinations.insert({
        type: destination.type,
        account_holder: destination.account_holder,
        bank_name: null,
        country: isIban ? destination.iban.slice(0, 2) : destination.country,
        currency: isIban ? 'EUR' : 'USD',
        last4: (isIban ? destination.iban : destination.account_number).slice(-4),
        created_at: now(),
      })
      return created(record, `${base}/destinations/${record.id}`)
    },
    'DELETE /destinations/:destination_id': ({ params }) => {
      const destination = destinations.get(params.destination_id)
      const waiting = payouts.where(
        (payout) =>
          payout.destination_id === destination.id && ['pending', 'in_transit'].includes(payout.status),
      )
      if (waiting.length > 0 || schedule.destination_id === destination.id) {
        throw conflict('destination_in_use', 'The schedule or an open payout uses this destination.')
      }
      destinations.remove(destination.id)
      return noContent()
    },
    'GET /schedule': () => schedule,
    'PUT /schedule': ({ body }) => {
      const wanted = readBody(body, {
        interval: choice(['daily', 'weekly', 'manual']),
        weekday: nullable(choice(weekdays)),
        minimum_amount: optional(integer({ min: 0 }), 0),
        destination_id: text(),
      })
      if (!destinations.find(wanted.destination_id)) {
        throw invalid([{ field: '/destination_id', message: 'names no destination' }])
      }
      if (wanted.interval === 'weekly' && !wanted.weekday) {
        throw invalid([{ field: '/weekday', message: 'is required for a weekly schedule' }])
      }
      schedule = wanted
      return schedule
    },
  }
}

function daysLater(time, days) {
  return new Date(Date.parse(time) + days * 86_400_000).toISOString().slice(0, 10)
}
