// The Payments API: payments and what hangs on them. A payment moves only along the transitions written here;
// a payment method whose last four digits are 0002 is always declined.
import { paymentStatuses, seedPayments } from './payments-data.mjs'
import { paymentPartsRoutes } from './payments-parts.mjs'
import { conflict, invalid } from './problem.mjs'
import { created } from './router.mjs'
import { filtered, page } from './store.mjs'
import { boolean, choice, integer, metadata, nullable, optional, readBody, text } from './validate.mjs'

const currencyCodes = ['EUR', 'USD', 'GBP', 'CHF']

const newPayment = {
  amount: integer({ min: 50 }),
  currency: choice(currencyCodes),
  customer_id: nullable(text()),
  payment_method_id: nullable(text()),
  capture_method: optional(choice(['automatic', 'manual']), 'automatic'),
  confirm: optional(boolean(), false),
  description: nullable(text({ max: 200 })),
  metadata: optional(metadata(), {}),
}

export function paymentsApi({ now, base }) {
  const world = seedPayments()
  const { customers, methods, payments } = world

  function change(payment, from, action, fields) {
    if (!from.includes(payment.status)) {
      throw conflict('invalid_state', `A payment with the status ${payment.status} cannot be ${action}.`)
    }
    return Object.assign(payment, fields, { updated_at: now() })
  }

  function confirm(payment, methodId) {
    const method = methodId && methods.find(methodId)
    if (!method) throw invalid([{ field: '/payment_method_id', message: 'must name a payment method' }])
    const declined = method.card?.last4 === '0002'
    const settled = declined
      ? {
          status: 'failed',
          failure: { code: 'card_declined', message: 'The card was declined by its bank.' },
        }
      : payment.capture_method === 'manual'
        ? { status: 'requires_capture' }
        : { status: 'succeeded', amount_captured: payment.amount }
    return change(payment, ['requires_confirmation'], 'confirmed', {
      payment_method_id: method.id,
      ...settled,
    })
  }

  function create(input) {
    if (input.customer_id && !customers.find(input.customer_id)) {
      throw invalid([{ field: '/customer_id', message: 'names no customer' }])
    }
    if ((input.confirm || input.payment_method_id) && !methods.find(input.payment_method_id)) {
      throw invalid([{ field: '/payment_method_id', message: 'must name a payment method' }])
    }
    const { confirm: confirmNow, ...fields } = input
    const payment = payments.insert({
      ...fields,
      status: 'requires_confirmation',
      amount_captured: 0,
      amount_refunded: 0,
      failure: null,
      created_at: now(),
      updated_at: now(),
    })
    if (confirmNow) confirm(payment, payment.payment_method_id)
    return created(payment, `${base}/payments/${payment.id}`)
  }

  return {
    ...paymentPartsRoutes({ now, base, world }),
    'GET /payments': ({ query }) =>
      page(
        query,
        filtered(query, payments.all(), {
          status: paymentStatuses,
          currency: currencyCodes,
          customer_id: 'customer_id',
          created_after: (payment, wanted) => payment.created_at > wanted,
        }),
      ),
    'POST /payments': ({ body }) => create(readBody(body, newPayment)),
    'POST /charges': ({ body }) => {
      const input = readBody(body, {
        amount: integer({ min: 50 }),
        currency: choice(currencyCodes),
        source: text(),
        description: nullable(text({ max: 200 })),
      })
      const { source, ...fields } = input
      return create({
        ...fields,
        customer_id: null,
        payment_method_id: source,
        capture_method: 'automatic',
        confirm: true,
        metadata: {},
      })
    },
    'GET /payments/:payment_id': ({ params }) => payments.get(params.payment_id),
    'PATCH /payments/:payment_id': ({ params, body }) => {
      const payment = payments.get(params.payment_id)
      const input = readBody(body, {
        description: optional(nullable(text({ max: 200 }))),
        metadata: optional(metadata()),
      })
      return Object.assign(payment, input, { updated_at: now() })
    },
    'POST /payments/:payment_id/confirm': ({ params, body }) => {
      const payment = payments.get(params.payment_id)
      const input = readBody(body ?? {}, { payment_method_id: optional(text()) })
      return confirm(payment, input.payment_method_id ?? payment.payment_method_id)
    },
    'POST /payments/:payment_id/capture': ({ params, body }) => {
      const payment = payments.get(params.payment_id)
      const { amount = payment.amount } = readBody(body ?? {}, { amount: optional(integer({ min: 1 })) })
      if (amount > payment.amount) {
        throw invalid([{ field: '/amount', message: `must be at most ${payment.amount}` }])
      }
      return change(payment, ['requires_capture'], 'captured', {
        status: 'succeeded',
        amount_captured: amount,
      })
    },
    'POST /payments/:payment_id/cancel': ({ params }) =>
      change(payments.get(params.payment_id), ['requires_confirmation', 'requires_capture'], 'canceled', {
        status: 'canceled',
      }),
    'GET /payments/:payment_id/events': ({ params }) => ({ data: history(payments.get(params.payment_id)) }),
  }
}

function history(payment) {
  const entries = [{ type: 'payment.created', at: payment.created_at }]
  if (payment.status !== 'requires_confirmation') {
    entries.push({ type: `payment.${payment.status}`, at: payment.updated_at })
  }
  if (payment.amount_refunded > 0) entries.push({ type: 'payment.refunded', at: payment.updated_at })
  return entries.map((entry, index) => ({
    id: `${payment.id}_${index + 1}`,
    payment_id: payment.id,
    ...entry,
  }))
}
