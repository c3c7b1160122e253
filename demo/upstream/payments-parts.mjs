// Customers, payment methods, refunds and disputes of the Payments API.
import { conflict, invalid } from './problem.mjs'
import { created, noContent } from './router.mjs'
import { filtered, page } from './store.mjs'
import {
  choice,
  email,
  integer,
  list,
  metadata,
  nullable,
  object,
  optional,
  partial,
  readBody,
  text,
  union,
  url,
} from './validate.mjs'

const customerShape = {
  name: text({ max: 120 }),
  email: email(),
  company: nullable(text({ max: 120 })),
  metadata: optional(metadata(), {}),
}

const methodShape = union('type', {
  card: { card: cardRule },
  sepa_debit: { sepa_debit: sepaRule },
  wallet: { wallet: walletRule },
})

const openStatuses = ['requires_confirmation', 'requires_capture']

export function paymentPartsRoutes({ now, base, world }) {
  const { customers, methods, payments, refunds, disputes } = world

  function isBusy(field, id) {
    return (
      payments.where((payment) => payment[field] === id && openStatuses.includes(payment.status)).length > 0
    )
  }

  function openDispute(id) {
    const dispute = disputes.get(id)
    if (dispute.status !== 'needs_response') {
      throw conflict(
        'invalid_state',
        `This dispute can no longer be answered: its status is ${dispute.status}.`,
      )
    }
    return dispute
  }

  return {
    'GET /customers': ({ query }) => page(query, filtered(query, customers.all(), { email: 'email' })),
    'POST /customers': ({ body }) => {
      const input = readBody(body, customerShape)
      if (customers.where((customer) => customer.email === input.email).length > 0) {
        throw conflict('email_taken', 'A customer with this email address exists already.')
      }
      const customer = customers.insert({ ...input, created_at: now(), updated_at: now() })
      return created(customer, `${base}/customers/${customer.id}`)
    },
    'GET /customers/:customer_id': ({ params }) => customers.get(params.customer_id),
    'PATCH /customers/:customer_id': ({ params, body }) => {
      const customer = customers.get(params.customer_id)
      return Object.assign(customer, readBody(body, partial(customerShape)), { updated_at: now() })
    },
    'DELETE /customers/:customer_id': ({ params }) => {
      const customer = customers.get(params.customer_id)
      if (isBusy('customer_id', customer.id)) {
        throw conflict('customer_in_use', 'This customer still has open payments.')
      }
      for (const method of methods.where((one) => one.customer_id === customer.id)) methods.remove(method.id)
      customers.remove(customer.id)
      return noContent()
    },
    'GET /customers/:customer_id/payment-methods': ({ params, query }) => {
      const customer = customers.get(params.customer_id)
      return page(
        query,
        methods.where((method) => method.customer_id === customer.id),
      )
    },
    'POST /customers/:customer_id/payment-methods': ({ params, body }) => {
      const customer = customers.get(params.customer_id)
      const method = methods.insert({
        customer_id: customer.id,
        created_at: now(),
        ...readBody(body, methodShape),
      })
      return created(method, `${base}/payment-methods/${method.id}`)
    },
    'GET /payment-methods/:payment_method_id': ({ params }) => methods.get(params.payment_method_id),
    'DELETE /payment-methods/:payment_method_id': ({ params }) => {
      const method = methods.get(params.payment_method_id)
      if (isBusy('payment_method_id', method.id)) {
        throw conflict('payment_method_in_use', 'An open payment uses this payment method.')
      }
      methods.remove(method.id)
      return noContent()
    },
    'GET /refunds': ({ query }) => page(query, filtered(query, refunds.all(), { payment_id: 'payment_id' })),
    'GET /refunds/:refund_id': ({ params }) => refunds.get(params.refund_id),
    'POST /payments/:payment_id/refunds': ({ params, body }) => {
      const payment = payments.get(params.payment_id)
      const left = payment.amount_captured - payment.amount_refunded
      const input = readBody(body ?? {}, {
        amount: optional(integer({ min: 1 })),
        reason: optional(
          choice(['requested_by_customer', 'duplicate', 'fraudulent']),
          'requested_by_customer',
        ),
      })
      if (left === 0) throw conflict('nothing_to_refund', 'There is nothing left to refund on this payment.')
      const amount = input.amount ?? left
      if (amount > left) throw invalid([{ field: '/amount', message: `must be at most ${left}` }])
      Object.assign(payment, { amount_refunded: payment.amount_refunded + amount, updated_at: now() })
      const refund = refunds.insert({
        payment_id: payment.id,
        amount,
        currency: payment.currency,
        reason: input.reason,
        status: 'succeeded',
        created_at: now(),
      })
      return created(refund, `${base}/refunds/${refund.id}`)
    },
    'GET /disputes': ({ query }) =>
      page(
        query,
        filtered(query, disputes.all(), { status: ['needs_response', 'under_review', 'won', 'lost'] }),
      ),
    'GET /disputes/:dispute_id': ({ params }) => disputes.get(params.dispute_id),
    'POST /disputes/:dispute_id/evidence': ({ params, body }) => {
      const evidence = readBody(body, {
        explanation: text({ min: 20, max: 5000 }),
        tracking_number: nullable(text({ max: 60 })),
        document_urls: optional(list(url(), { max: 5 }), []),
      })
      return Object.assign(openDispute(params.dispute_id), { status: 'under_review', evidence })
    },
    'POST /disputes/:dispute_id/accept': ({ params }) =>
      Object.assign(openDispute(params.dispute_id), { status: 'lost' }),
  }
}

function cardRule(value, path, errors) {
  const clean = readFields(value, path, errors, {
    number: text({ pattern: /^\d{12,19}$/, hint: 'must be 12 to 19 digits' }),
    exp_month: integer({ min: 1, max: 12 }),
    exp_year: integer({ min: 2026, max: 2060 }),
  })
  if (!clean.number) return undefined
  const brand = { 4: 'visa', 5: 'mastercard', 3: 'amex' }[clean.number[0]] ?? 'other'
  return { brand, last4: clean.number.slice(-4), exp_month: clean.exp_month, exp_year: clean.exp_year }
}

function sepaRule(value, path, errors) {
  const clean = readFields(value, path, errors, {
    iban: text({ pattern: /^[A-Z]{2}\d{2}[A-Z0-9]{11,30}$/, hint: 'must be an IBAN without spaces' }),
    account_holder: text({ max: 120 }),
  })
  if (!clean.iban) return undefined
  return {
    country: clean.iban.slice(0, 2),
    last4: clean.iban.slice(-4),
    account_holder: clean.account_holder,
  }
}

function walletRule(value, path, errors) {
  return readFields(value, path, errors, { provider: choice(['apple_pay', 'google_pay']) })
}

function readFields(value, path, errors, shape) {
  return object(shape)(value, path, errors) ?? {}
}
