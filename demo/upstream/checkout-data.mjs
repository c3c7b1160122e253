// What the Checkout API sells, its shipping options, and its seeded sessions, orders and discount codes.
import { createCollection, pick, seededTime } from './store.mjs'

export const items = new Map(
  [
    ['MER-1001-BL', 'Classic espresso machine, black', 18900],
    ['MER-1002-GR', 'Classic moka pot, green', 3490],
    ['MER-1003-WH', 'Classic cast iron pan, white', 5900],
    ['MER-1005-WH', 'Classic reading lamp, white', 4990],
    ['MER-1008-GR', 'Classic two-person tent, green', 22900],
    ['MER-1010-BL', 'Classic field guide, black', 2490],
  ].map(([sku, title, unitAmount]) => [sku, { sku, title, unit_amount: unitAmount }]),
)

export const shippingOptions = [
  { code: 'standard', name: 'Standard', amount: 490, estimated_days: 3 },
  { code: 'express', name: 'Express', amount: 1290, estimated_days: 1 },
  { code: 'pickup', name: 'Pick up in the shop', amount: 0, estimated_days: 0 },
]

const address = {
  name: 'Ida Berg',
  street: 'Hafenstraße 12',
  city: 'Hamburg',
  postal_code: '20457',
  country: 'DE',
}
const seedStatuses = ['completed', 'open', 'completed', 'expired']

export function seedCheckout() {
  const sessions = createCollection('cs', { label: 'session' })
  const orders = createCollection('ord', { label: 'order' })
  const codes = createCollection('dsc', { label: 'discount code' })

  codes.seed(4, (index) => ({
    code: pick(['WELCOME10', 'SUMMER15', 'FIVEOFF', 'LAUNCH'], index),
    kind: pick(['percent', 'percent', 'amount', 'percent'], index),
    value: pick([10, 15, 500, 20], index),
    uses_left: index === 3 ? 0 : 500,
    ends_at: null,
    created_at: seededTime(index),
  }))
  sessions.seed(32, (index) => {
    const status = pick(seedStatuses, index)
    const skus = [...items.keys()]
    return totaled({
      status,
      currency: 'EUR',
      email: `shopper${index + 1}@mail.example`,
      shipping_address: address,
      lines: [0, 1]
        .slice(0, 1 + (index % 2))
        .map((part) => lineOf(part + 1, pick(skus, index + part), 1 + (index % 3))),
      discounts: index % 8 === 1 ? [{ code: 'WELCOME10', kind: 'percent', value: 10 }] : [],
      shipping_option: pick(shippingOptions, index),
      order_id: null,
      return_url: 'https://shop.example/thanks',
      metadata: {},
      expires_at: seededTime(24 * 365 + index),
      created_at: seededTime(24 * 3 + index * 8),
      updated_at: seededTime(24 * 3 + index * 8),
    })
  })
  for (const session of sessions.where(({ status }) => status === 'completed').reverse()) {
    session.order_id = orders.insert(orderOf(session, session.created_at)).id
  }
  for (const [index, order] of orders.all().entries()) {
    order.status = pick(['paid', 'paid', 'fulfilled', 'canceled'], index)
    if (order.status === 'fulfilled')
      order.fulfillments = [
        fulfillmentOf(order, { carrier: 'northpost', tracking_number: 'NO4100200000DE' }, order.created_at),
      ]
  }
  for (const collection of [sessions, orders, codes]) collection.seal()
  return { sessions, orders, codes }
}

/** Lines, discounts and shipping make the totals; prices include 19 % tax. */
export function totaled(session) {
  const subtotal = session.lines.reduce((sum, line) => sum + line.total_amount, 0)
  const discount = session.discounts.reduce(
    (sum, { kind, value }) => sum + (kind === 'percent' ? Math.round((subtotal * value) / 100) : value),
    0,
  )
  const shipping = session.shipping_option?.amount ?? 0
  const total = Math.max(0, subtotal - discount) + shipping
  session.totals = {
    subtotal_amount: subtotal,
    discount_amount: Math.min(discount, subtotal),
    shipping_amount: shipping,
    tax_amount: Math.round(total - total / 1.19),
    total_amount: total,
  }
  return session
}

export function lineOf(number, sku, quantity) {
  const item = items.get(sku)
  return { id: `ln_${number}`, ...item, quantity, total_amount: item.unit_amount * quantity }
}

export function orderOf(session, createdAt) {
  return {
    number: `M-${session.id.slice(3)}`,
    session_id: session.id,
    status: 'paid',
    currency: session.currency,
    email: session.email,
    shipping_address: session.shipping_address,
    lines: session.lines,
    totals: session.totals,
    payment_id: `pay_${session.id.slice(3)}`,
    fulfillments: [],
    cancel_reason: null,
    created_at: createdAt,
    updated_at: createdAt,
  }
}

export function fulfillmentOf(order, shipment, createdAt) {
  return {
    id: `${order.id}_${order.fulfillments.length + 1}`,
    line_ids: order.lines.map(({ id }) => id),
    ...shipment,
    created_at: createdAt,
  }
}
