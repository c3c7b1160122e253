// The Shipping API: from addresses and rates to a bought label and its pickup. A label can be voided until
// the parcel moves; a shipment that has a label can no longer be edited.
import { conflict, invalid, notFound } from './problem.mjs'
import { created, noContent } from './router.mjs'
import { carriers, labelOf, ratesFor, seedShipping, shipmentStatuses } from './shipping-data.mjs'
import { choiceParameter, filtered, page } from './store.mjs'
import {
  choice,
  country,
  date,
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
} from './validate.mjs'

const addressShape = {
  name: text({ max: 120 }),
  company: nullable(text({ max: 120 })),
  street: text({ max: 120 }),
  street2: nullable(text({ max: 120 })),
  city: text({ max: 80 }),
  postal_code: text({ max: 16 }),
  region: nullable(text({ max: 40 })),
  country: country(),
  phone: nullable(text({ max: 30 })),
  email: nullable(email()),
}
const parcelShape = {
  length_mm: integer({ min: 1, max: 3000 }),
  width_mm: integer({ min: 1, max: 3000 }),
  height_mm: integer({ min: 1, max: 3000 }),
  weight_grams: integer({ min: 1, max: 70_000 }),
}
const templateShape = {
  name: text({ max: 80 }),
  length_mm: parcelShape.length_mm,
  width_mm: parcelShape.width_mm,
  height_mm: parcelShape.height_mm,
  max_weight_grams: parcelShape.weight_grams,
}
const customsShape = object({
  contents: choice(['merchandise', 'gift', 'documents', 'return']),
  items: list(
    object({
      description: text({ max: 120 }),
      quantity: integer({ min: 1, max: 9999 }),
      value_amount: integer(),
      value_currency: choice(['EUR', 'USD', 'GBP', 'CHF']),
      hs_code: nullable(text({ pattern: /^\d{6,10}$/, hint: 'must be 6 to 10 digits' })),
      origin_country: country(),
    }),
    { min: 1 },
  ),
})
const shipmentShape = {
  from: object(addressShape),
  to: object(addressShape),
  parcel: object(parcelShape),
  reference: nullable(text({ max: 60 })),
  customs: nullable(customsShape),
  metadata: optional(metadata(), {}),
}

export function shippingApi({ now, base }) {
  const { addresses, templates, quotes, shipments, labels, pickups } = seedShipping()

  function draft(id) {
    const shipment = shipments.get(id)
    if (shipment.status !== 'draft') {
      throw conflict('invalid_state', `A shipment with the status ${shipment.status} cannot be changed.`)
    }
    return shipment
  }

  function quoted(from, to, parcel) {
    const rates = ratesFor(from, to, parcel)
    if (rates.length > 0) return rates
    throw invalid([
      { field: '/to/country', message: 'is not reached by any carrier from the country of the sender' },
    ])
  }

  return {
    'GET /addresses': ({ query }) => page(query, filtered(query, addresses.all(), { country: 'country' })),
    'POST /addresses': ({ body }) => {
      const input = readBody(body, addressShape)
      const address = addresses.insert({ ...input, is_validated: false, created_at: now() })
      return created(address, `${base}/addresses/${address.id}`)
    },
    'GET /addresses/:address_id': ({ params }) => addresses.get(params.address_id),
    'DELETE /addresses/:address_id': ({ params }) => {
      addresses.remove(addresses.get(params.address_id).id)
      return noContent()
    },
    'POST /addresses/:address_id/validate': ({ params }) => {
      const address = addresses.get(params.address_id)
      const messages = /\d/.test(address.street) ? [] : [{ field: '/street', message: 'has no house number' }]
      address.is_validated = messages.length === 0
      return { is_valid: address.is_validated, messages, address }
    },

    'GET /parcel-templates': ({ query }) => page(query, templates.all()),
    'POST /parcel-templates': ({ body }) => {
      const template = templates.insert({ ...readBody(body, templateShape), created_at: now() })
      return created(template, `${base}/parcel-templates/${template.id}`)
    },
    'GET /parcel-templates/:template_id': ({ params }) => templates.get(params.template_id),
    'PUT /parcel-templates/:template_id': ({ params, body }) =>
      Object.assign(templates.get(params.template_id), readBody(body, templateShape)),
    'DELETE /parcel-templates/:template_id': ({ params }) => {
      templates.remove(templates.get(params.template_id).id)
      return noContent()
    },

    'GET /carriers': ({ query }) => {
      const wanted = query.get('country')
      return { data: wanted ? carriers.filter((one) => one.countries.includes(wanted)) : carriers }
    },
    'GET /carriers/:carrier': ({ params }) => findCarrier(params.carrier),
    'GET /carriers/:carrier/services': ({ params }) => ({ data: findCarrier(params.carrier).services }),

    'POST /quotes': ({ body }) => {
      const { from, to, parcel } = readBody(body, {
        from: object(addressShape),
        to: object(addressShape),
        parcel: object(parcelShape),
      })
      const quote = quotes.insert({ from, to, parcel, rates: quoted(from, to, parcel), created_at: now() })
      return created(quote, `${base}/quotes/${quote.id}`)
    },
    'GET /quotes/:quote_id': ({ params }) => quotes.get(params.quote_id),

    'GET /shipments': ({ query }) =>
      page(query, filtered(query, shipments.all(), { status: shipmentStatuses, reference: 'reference' })),
    'POST /shipments': ({ body }) => {
      const input = readBody(body, shipmentShape)
      const shipment = shipments.insert({
        status: 'draft',
        ...input,
        rates: quoted(input.from, input.to, input.parcel),
        label_id: null,
        tracking_number: null,
        created_at: now(),
        updated_at: now(),
      })
      return created(shipment, `${base}/shipments/${shipment.id}`)
    },
    'GET /shipments/:shipment_id': ({ params }) => shipments.get(params.shipment_id),
    'PATCH /shipments/:shipment_id': ({ params, body }) => {
      const shipment = draft(params.shipment_id)
      const input = readBody(body, partial(shipmentShape))
      const next = { ...shipment, ...input }
      return Object.assign(shipment, input, {
        rates: quoted(next.from, next.to, next.parcel),
        updated_at: now(),
      })
    },
    'POST /shipments/:shipment_id/cancel': ({ params }) =>
      Object.assign(draft(params.shipment_id), { status: 'canceled', updated_at: now() }),

    'GET /labels': ({ query }) =>
      page(query, filtered(query, labels.all(), { status: ['purchased', 'voided'], carrier: 'carrier' })),
    'POST /labels': ({ body }) => {
      const input = readBody(body, {
        shipment_id: text(),
        carrier: text(),
        service: text(),
        format: optional(choice(['pdf', 'zpl', 'png']), 'pdf'),
      })
      if (!shipments.find(input.shipment_id)) {
        throw invalid([{ field: '/shipment_id', message: 'names no shipment' }])
      }
      const shipment = draft(input.shipment_id)
      const rate = shipment.rates.find(
        (one) => one.carrier === input.carrier && one.service === input.service,
      )
      if (!rate) throw invalid([{ field: '/service', message: 'is not among the rates of the shipment' }])
      const label = labels.insert(labelOf(shipment, rate, now()))
      Object.assign(label, {
        format: input.format,
        file_url: `https://labels.meridian.example/${shipment.id}.${input.format}`,
      })
      Object.assign(shipment, {
        status: 'purchased',
        label_id: label.id,
        tracking_number: label.tracking_number,
        updated_at: now(),
      })
      return created(label, `${base}/labels/${label.id}`)
    },
    'GET /labels/:label_id': ({ params }) => labels.get(params.label_id),
    'POST /labels/:label_id/void': ({ params }) => {
      const label = labels.get(params.label_id)
      const shipment = shipments.find(label.shipment_id)
      if (label.status === 'voided' || (shipment && shipment.status !== 'purchased')) {
        throw conflict('invalid_state', 'Only a label whose parcel has not moved can be voided.')
      }
      if (shipment)
        Object.assign(shipment, { status: 'draft', label_id: null, tracking_number: null, updated_at: now() })
      return Object.assign(label, { status: 'voided' })
    },

    'GET /pickups': ({ query }) => {
      const status =
        query.has('status') && choiceParameter(query, 'status', ['scheduled', 'completed', 'canceled'])
      return page(
        query,
        pickups.where((pickup) => !status || pickup.status === status),
      )
    },
    'POST /pickups': ({ body }) => {
      const input = readBody(body, {
        carrier: choice(carriers.filter((one) => one.supports_pickup).map((one) => one.code)),
        address: object(addressShape),
        date: date(),
        window: choice(['morning', 'afternoon']),
        parcel_count: integer({ min: 1, max: 500 }),
        instructions: nullable(text({ max: 200 })),
      })
      const pickup = pickups.insert({ ...input, status: 'scheduled', created_at: now() })
      return created(pickup, `${base}/pickups/${pickup.id}`)
    },
    'GET /pickups/:pickup_id': ({ params }) => pickups.get(params.pickup_id),
    'POST /pickups/:pickup_id/cancel': ({ params }) => {
      const pickup = pickups.get(params.pickup_id)
      if (pickup.status !== 'scheduled') {
        throw conflict('invalid_state', `A pickup with the status ${pickup.status} cannot be canceled.`)
      }
      return Object.assign(pickup, { status: 'canceled' })
    },
  }
}

function findCarrier(code) {
  const carrier = carriers.find((one) => one.code === code)
  if (!carrier) throw notFound('There is no carrier with this code.')
  return carrier
}
