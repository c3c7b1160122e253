// Carriers, services and seeded records of the Shipping API, and the price of a shipment.
import { createCollection, noise, pick, seededTime } from './store.mjs'

export const carriers = [
  carrier(
    'northpost',
    'Northpost',
    ['DE', 'AT', 'CH', 'NL', 'FR'],
    [
      ['standard', 'Standard', 390, 3],
      ['express', 'Express', 890, 1],
    ],
  ),
  carrier(
    'swiftline',
    'Swiftline',
    ['DE', 'FR', 'ES', 'IT', 'GB', 'US'],
    [
      ['economy', 'Economy', 340, 5],
      ['priority', 'Priority', 1240, 2],
    ],
  ),
  carrier(
    'bluecrate',
    'Bluecrate',
    ['US', 'CA', 'MX'],
    [
      ['ground', 'Ground', 610, 4],
      ['overnight', 'Overnight', 2890, 1],
    ],
  ),
  carrier('velocargo', 'Velo Cargo', ['DE', 'NL'], [['same_day', 'Same day', 1190, 0]]),
]

const places = [
  ['Hafenstraße 12', 'Hamburg', '20457', 'DE'],
  ['Rue des Lilas 8', 'Lyon', '69003', 'FR'],
  ['Keizersgracht 310', 'Amsterdam', '1016 EX', 'NL'],
  ['Market Street 455', 'San Francisco', '94105', 'US'],
  ['Mariahilfer Straße 77', 'Vienna', '1060', 'AT'],
  ['Canal Road 21', 'Leeds', 'LS1 4AP', 'GB'],
]
const names = ['Ida Berg', 'Harbor Coffee', 'Noah Lindt', 'Lumen Books', 'Mara Costa']
const seedStatuses = ['delivered', 'delivered', 'in_transit', 'purchased', 'draft', 'canceled']

export const shipmentStatuses = ['draft', 'purchased', 'in_transit', 'delivered', 'canceled']

/** One rate for every service that reaches both countries; amounts in minor units of EUR. */
export function ratesFor(from, to, parcel) {
  return carriers
    .filter(({ countries }) => countries.includes(from.country) && countries.includes(to.country))
    .flatMap(({ code, services }) =>
      services.map((service) => ({
        carrier: code,
        service: service.code,
        amount: priceOf(service.base_amount, from, to, parcel),
        currency: 'EUR',
        estimated_days: service.transit_days + (from.country === to.country ? 0 : 2),
      })),
    )
    .sort((left, right) => left.amount - right.amount)
}

function priceOf(baseAmount, from, to, parcel) {
  const volumetricGrams = (parcel.length_mm * parcel.width_mm * parcel.height_mm) / 5000
  const steps = Math.ceil(Math.max(parcel.weight_grams, volumetricGrams) / 1000)
  const abroad = from.country === to.country ? 1 : 2.4
  return Math.round(baseAmount * abroad + steps * 85)
}

export function seedShipping() {
  const addresses = createCollection('adr', { label: 'address' })
  const templates = createCollection('tpl', { label: 'parcel template' })
  const quotes = createCollection('quo', { label: 'quote' })
  const shipments = createCollection('shp', { label: 'shipment' })
  const labels = createCollection('lbl', { label: 'label' })
  const pickups = createCollection('pku', { label: 'pickup' })

  addresses.seed(24, (index) => ({
    ...seededAddress(index),
    is_validated: index % 4 !== 3,
    created_at: seededTime(index * 4),
  }))
  templates.seed(8, (index) => ({
    name: pick(
      [
        'Small box',
        'Book mailer',
        'Medium box',
        'Shoe box',
        'Poster tube',
        'Large box',
        'Wine case',
        'Flat mailer',
      ],
      index,
    ),
    length_mm: 200 + index * 60,
    width_mm: 150 + index * 40,
    height_mm: 80 + index * 30,
    max_weight_grams: 2000 + index * 1500,
    created_at: seededTime(index),
  }))
  shipments.seed(48, (index) => seededShipment(index))
  for (const shipment of shipments.where(({ status }) => !['draft', 'canceled'].includes(status)).reverse()) {
    const label = labels.insert(labelOf(shipment, shipment.rates[0], shipment.created_at))
    Object.assign(shipment, { label_id: label.id, tracking_number: label.tracking_number })
  }
  quotes.seed(6, (index) => {
    const shipment = shipments.get(`shp_${1001 + index}`)
    return {
      from: shipment.from,
      to: shipment.to,
      parcel: shipment.parcel,
      rates: shipment.rates,
      created_at: shipment.created_at,
    }
  })
  pickups.seed(12, (index) => ({
    carrier: pick(['northpost', 'swiftline'], index),
    address: seededAddress(0),
    date: seededTime(24 * (10 + index * 3)).slice(0, 10),
    window: pick(['morning', 'afternoon'], index),
    parcel_count: 1 + (index % 5),
    instructions: index % 3 === 0 ? 'Ring at the loading dock' : null,
    status: index >= 9 ? 'scheduled' : 'completed',
    created_at: seededTime(24 * (9 + index * 3)),
  }))
  for (const collection of [addresses, templates, quotes, shipments, labels, pickups]) collection.seal()
  return { addresses, templates, quotes, shipments, labels, pickups }
}

export function labelOf(shipment, rate, createdAt) {
  const digits = Math.floor(noise('tracking', shipment.id) * 1e9)
  return {
    shipment_id: shipment.id,
    carrier: rate.carrier,
    service: rate.service,
    amount: rate.amount,
    currency: rate.currency,
    tracking_number: `${rate.carrier.slice(0, 2).toUpperCase()}${String(digits).padStart(10, '0')}DE`,
    format: 'pdf',
    file_url: `https://labels.meridian.example/${shipment.id}.pdf`,
    status: 'purchased',
    created_at: createdAt,
  }
}

function carrier(code, name, countries, services) {
  return {
    code,
    name,
    countries,
    supports_pickup: code !== 'velocargo',
    services: services.map(([serviceCode, serviceName, baseAmount, days]) => ({
      code: serviceCode,
      name: serviceName,
      base_amount: baseAmount,
      transit_days: days,
      max_weight_grams: serviceCode === 'same_day' ? 20_000 : 31_500,
    })),
  }
}

function seededAddress(index) {
  const [street, city, postalCode, country] = pick(places, index)
  const name = pick(names, index)
  return {
    name,
    company: name.includes('Coffee') || name.includes('Books') ? name : null,
    street,
    street2: null,
    city,
    postal_code: postalCode,
    region: country === 'US' ? 'CA' : null,
    country,
    phone: null,
    email: null,
  }
}

function seededShipment(index) {
  const from = seededAddress(0)
  const to = seededAddress(pick([0, 1, 0, 5], index))
  const parcel = {
    length_mm: 300,
    width_mm: 200,
    height_mm: 120 + (index % 4) * 20,
    weight_grams: 650 + ((index * 310) % 6000),
  }
  return {
    status: pick(seedStatuses, index),
    reference: `W-${20_100 + index}`,
    from,
    to,
    parcel,
    rates: ratesFor(from, to, parcel),
    label_id: null,
    tracking_number: null,
    customs: null,
    metadata: {},
    created_at: seededTime(24 * 8 + index * 9),
    updated_at: seededTime(24 * 8 + index * 9),
  }
}
