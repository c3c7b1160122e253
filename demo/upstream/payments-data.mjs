// Seeded customers, payment methods, payments, refunds and disputes of the Payments API.
import { createCollection, pick, seededTime } from './store.mjs'

const people = [
  'Ida Berg',
  'Noah Lindt',
  'Mara Costa',
  'Felix Roy',
  'Ana Duarte',
  'Jonas Wirth',
  'Lea Brandt',
  'Omar Said',
]
const companies = ['Birch & Bloom', 'Harbor Coffee', 'Cedar Bikes', 'Lumen Books', 'Tidal Surf']
const goods = [
  'Espresso machine',
  'Spring order',
  'Monthly subscription',
  'Gift card',
  'Trail bike',
  'Reading lamp',
]
const currencies = ['EUR', 'USD', 'GBP', 'EUR', 'CHF']
const seedStatuses = [
  'succeeded',
  'requires_capture',
  'requires_confirmation',
  'succeeded',
  'canceled',
  'failed',
]

export const paymentStatuses = [
  'requires_confirmation',
  'requires_capture',
  'succeeded',
  'canceled',
  'failed',
]

export function seedPayments() {
  const customers = createCollection('cus', { label: 'customer' })
  const methods = createCollection('pm', { label: 'payment method' })
  const payments = createCollection('pay', { label: 'payment' })
  const refunds = createCollection('re', { label: 'refund' })
  const disputes = createCollection('dp', { label: 'dispute' })

  customers.seed(30, (index) => {
    const name = pick(people, index)
    return {
      name,
      email: `${name.toLowerCase().replace(' ', '.')}+${index + 1}@mail.example`,
      company: index % 3 === 0 ? pick(companies, index / 3) : null,
      metadata: index % 4 === 0 ? { crm_id: `C-${4200 + index}` } : {},
      created_at: seededTime(index * 5),
      updated_at: seededTime(index * 5),
    }
  })
  methods.seed(30, (index) => seededMethod(index))
  payments.seed(72, (index) => seededPayment(index))
  for (const payment of payments.where((one) => one.amount_refunded > 0).reverse()) {
    refunds.insert({
      payment_id: payment.id,
      amount: payment.amount_refunded,
      currency: payment.currency,
      reason: 'requested_by_customer',
      status: 'succeeded',
      created_at: payment.updated_at,
    })
  }
  disputes.seed(4, (index) => {
    const payment = payments.get(`pay_${1001 + index * 18}`)
    return {
      payment_id: payment.id,
      amount: payment.amount,
      currency: payment.currency,
      reason: pick(['product_not_received', 'fraudulent', 'duplicate', 'product_unacceptable'], index),
      status: pick(['needs_response', 'under_review', 'won', 'needs_response'], index),
      evidence: null,
      respond_by: seededTime(24 * 60 + index * 24),
      created_at: seededTime(24 * 30 + index * 24),
    }
  })
  for (const collection of [customers, methods, payments, refunds, disputes]) collection.seal()
  return { customers, methods, payments, refunds, disputes }
}

function seededMethod(index) {
  const base = { customer_id: `cus_${1001 + index}`, created_at: seededTime(index * 5 + 1) }
  if (index % 5 === 3) {
    return {
      ...base,
      type: 'sepa_debit',
      sepa_debit: { country: 'DE', last4: String(3000 + index), account_holder: pick(people, index) },
    }
  }
  if (index % 5 === 4)
    return { ...base, type: 'wallet', wallet: { provider: pick(['apple_pay', 'google_pay'], index) } }
  return {
    ...base,
    type: 'card',
    card: {
      brand: pick(['visa', 'mastercard', 'amex'], index),
      last4: String(4242 + index),
      exp_month: 1 + (index % 12),
      exp_year: 2029,
    },
  }
}

function seededPayment(index) {
  const status = pick(seedStatuses, index)
  const amount = 1250 + ((index * 737) % 24_000)
  const createdAt = seededTime(24 * 10 + index * 7)
  return {
    amount,
    currency: pick(currencies, index),
    status,
    capture_method: status === 'requires_capture' ? 'manual' : 'automatic',
    amount_captured: status === 'succeeded' ? amount : 0,
    amount_refunded: index % 6 === 3 ? Math.floor(amount / 4) : 0,
    customer_id: `cus_${1001 + (index % 24)}`,
    payment_method_id: `pm_${1001 + (index % 24)}`,
    description: pick(goods, index),
    failure:
      status === 'failed' ? { code: 'card_declined', message: 'The card was declined by its bank.' } : null,
    metadata: { order_id: `W-${20_100 + index}` },
    created_at: createdAt,
    updated_at: createdAt,
  }
}
