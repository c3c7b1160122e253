// The Checkout API: sessions that become orders. Only an open session can change; totals are always computed
// here, never taken from the caller.

import {
  fulfillmentOf,
  items,
  lineOf,
  orderOf,
  seedCheckout,
  shippingOptions,
  totaled,
} from './checkout-data.mjs'
import { conflict, invalid, notFound } from './problem.mjs'
import { created, noContent } from './router.mjs'
import { filtered, page } from './store.mjs'
import {
  choice,
  country,
  email,
  integer,
  list,
  metadata,
  nullable,
  object,
  optional,
  readBody,
  text,
  url,
} from './validate.mjs'

const addressRule = object({
  name: text({ max: 120 }),
  street: text({ max: 120 }),
  city: text({ max: 80 }),
  postal_code: text({ max: 16 }),
  country: country(),
})
const lineShape = { sku: choice([...items.keys()]), quantity: integer({ min: 1, max: 99 }) }
const linesPerSession = 50

export function checkoutApi({ now, base }) {
  const { sessions, orders, codes } = seedCheckout()

  function open(id) {
    const session = sessions.get(id)
    if (session.status !== 'open') {
      throw conflict('session_closed', `The session can no longer change: its status is ${session.status}.`)
    }
    return session
  }

  function save(session, fields = {}) {
    return totaled(Object.assign(session, fields, { updated_at: now() }))
  }

  function withLine(session, { sku, quantity }) {
    const same = session.lines.find((line) => line.sku === sku)
    if (same)
      return session.lines.map((line) => (line === same ? resized(line, line.quantity + quantity) : line))
    if (session.lines.length >= linesPerSession) {
      throw conflict('too_many_lines', `A session has at most ${linesPerSession} lines.`)
    }
    const number = Math.max(0, ...session.lines.map(({ id }) => Number(id.slice(3)))) + 1
    return [...session.lines, lineOf(number, sku, quantity)]
  }

  function findLine(session, id) {
    const line = session.lines.find((one) => one.id === id)
    if (!line) throw notFound('The session has no line with this id.')
    return line
  }

  return {
    'GET /sessions': ({ query }) =>
      page(
        query,
        filtered(query, sessions.all(), { status: ['open', 'completed', 'expired'], email: 'email' }),
      ),
    'POST /sessions': ({ body }) => {
      const input = readBody(body, {
        currency: optional(choice(['EUR']), 'EUR'),
        email: nullable(email()),
        shipping_address: nullable(addressRule),
        lines: list(object(lineShape), { min: 1, max: linesPerSession }),
        return_url: url(),
        metadata: optional(metadata(), {}),
      })
      const session = sessions.insert({
        status: 'open',
        ...input,
        lines: [],
        discounts: [],
        shipping_option: null,
        order_id: null,
        expires_at: new Date(Date.parse(now()) + 86_400_000).toISOString(),
        created_at: now(),
        updated_at: now(),
      })
      for (const line of input.lines) session.lines = withLine(session, line)
      return created(save(session), `${base}/sessions/${session.id}`)
    },
    'GET /sessions/:session_id': ({ params }) => sessions.get(params.session_id),
    'PATCH /sessions/:session_id': ({ params, body }) => {
      const input = readBody(body, {
        email: optional(email()),
        shipping_address: optional(addressRule),
        metadata: optional(metadata()),
      })
      return save(open(params.session_id), input)
    },
    'POST /sessions/:session_id/lines': ({ params, body }) => {
      const session = open(params.session_id)
      return created(save(session, { lines: withLine(session, readBody(body, lineShape)) }), null)
    },
    'PATCH /sessions/:session_id/lines/:line_id': ({ params, body }) => {
      const session = open(params.session_id)
      const line = findLine(session, params.line_id)
      const { quantity } = readBody(body, { quantity: lineShape.quantity })
      return save(session, {
        lines: session.lines.map((one) => (one === line ? resized(one, quantity) : one)),
      })
    },
    'DELETE /sessions/:session_id/lines/:line_id': ({ params }) => {
      const session = open(params.session_id)
      const line = findLine(session, params.line_id)
      save(session, { lines: session.lines.filter((one) => one !== line) })
      return noContent()
    },
    'POST /sessions/:session_id/discounts': ({ params, body }) => {
      const session = open(params.session_id)
      const { code } = readBody(body, { code: text({ max: 40 }) })
      const known = codes.where((one) => one.code === code && one.uses_left > 0)[0]
      if (!known) throw invalid([{ field: '/code', message: 'is not valid or no longer valid' }])
      if (session.discounts.length > 0) {
        throw conflict('discount_applied', 'The session has a discount already.')
      }
      return save(session, { discounts: [{ code, kind: known.kind, value: known.value }] })
    },
    'DELETE /sessions/:session_id/discounts/:code': ({ params }) => {
      const session = open(params.session_id)
      if (!session.discounts.some(({ code }) => code === params.code)) {
        throw notFound('The session does not have this discount.')
      }
      save(session, { discounts: session.discounts.filter(({ code }) => code !== params.code) })
      return noContent()
    },
    'GET /sessions/:session_id/shipping-options': ({ params }) => {
      sessions.get(params.session_id)
      return { data: shippingOptions }
    },
    'PUT /sessions/:session_id/shipping-option': ({ params, body }) => {
      const session = open(params.session_id)
      const { code } = readBody(body, { code: choice(shippingOptions.map((one) => one.code)) })
      return save(session, { shipping_option: shippingOptions.find((one) => one.code === code) })
    },
    'POST /sessions/:session_id/complete': ({ params }) => {
      const session = open(params.session_id)
      const missing = ['email', 'shipping_address', 'shipping_option'].filter(
        (name) => session[name] === null,
      )
      if (missing.length > 0 || session.lines.length === 0) {
        throw conflict(
          'session_incomplete',
          `The session still needs: ${[...missing, ...(session.lines.length ? [] : ['lines'])].join(', ')}.`,
        )
      }
      const order = orders.insert(orderOf(session, now()))
      save(session, { status: 'completed', order_id: order.id })
      for (const discount of session.discounts) {
        const used = codes.where((one) => one.code === discount.code)[0]
        if (used) used.uses_left = Math.max(0, used.uses_left - 1)
      }
      return created(order, `${base}/orders/${order.id}`)
    },
    'POST /sessions/:session_id/expire': ({ params }) => save(open(params.session_id), { status: 'expired' }),

    'GET /orders': ({ query }) =>
      page(
        query,
        filtered(query, orders.all(), { status: ['paid', 'fulfilled', 'canceled'], email: 'email' }),
      ),
    'GET /orders/:order_id': ({ params }) => orders.get(params.order_id),
    'POST /orders/:order_id/cancel': ({ params, body }) => {
      const { reason } = readBody(body, { reason: choice(['customer', 'fraud', 'out_of_stock', 'other']) })
      return Object.assign(paid(orders.get(params.order_id)), {
        status: 'canceled',
        cancel_reason: reason,
        updated_at: now(),
      })
    },
    'POST /orders/:order_id/fulfillments': ({ params, body }) => {
      const input = readBody(body, {
        carrier: text({ max: 40 }),
        tracking_number: nullable(text({ max: 60 })),
      })
      const order = paid(orders.get(params.order_id))
      const fulfillment = fulfillmentOf(order, input, now())
      Object.assign(order, { status: 'fulfilled', fulfillments: [fulfillment], updated_at: now() })
      return created(order, null)
    },

    'GET /discount-codes': ({ query }) => page(query, codes.all()),
    'POST /discount-codes': ({ body }) => {
      const input = readBody(body, {
        code: text({ min: 3, max: 40, pattern: /^[A-Z0-9]+$/, hint: 'must be capital letters and digits' }),
        kind: choice(['percent', 'amount']),
        value: integer({ min: 1 }),
        uses_left: optional(integer({ max: 1_000_000 }), 1000),
        ends_at: nullable(
          text({ max: 30, pattern: /^\d{4}-\d{2}-\d{2}T[\d:.]+Z$/, hint: 'must be a UTC time' }),
        ),
      })
      if (input.kind === 'percent' && input.value > 100) {
        throw invalid([{ field: '/value', message: 'must be at most 100 for a percentage' }])
      }
      if (codes.where((one) => one.code === input.code).length > 0) {
        throw conflict('code_taken', 'This code exists already.')
      }
      return created(codes.insert({ ...input, created_at: now() }), null)
    },
  }
}

function paid(order) {
  if (order.status !== 'paid') {
    throw conflict('invalid_state', `The order can no longer change: its status is ${order.status}.`)
  }
  return order
}

function resized(line, quantity) {
  return {
    ...line,
    quantity: Math.min(quantity, 99),
    total_amount: line.unit_amount * Math.min(quantity, 99),
  }
}
