// The Tracking API: trackers follow parcels. What happened to a parcel depends only on its number and its age.
import { badRequest, conflict } from './problem.mjs'
import { created, noContent } from './router.mjs'
import { createCollection, filtered, noise, page, pick, seededTime } from './store.mjs'
import { choice, metadata, nullable, optional, readBody, text, url } from './validate.mjs'

const carrierPrefixes = { NO: 'northpost', SW: 'swiftline', BL: 'bluecrate', VE: 'velocargo' }
const carrierCodes = Object.values(carrierPrefixes)
const statuses = ['pre_transit', 'in_transit', 'out_for_delivery', 'delivered', 'exception']
const numberRule = text({ pattern: /^[A-Z0-9]{8,30}$/, hint: 'must be 8 to 30 capital letters and digits' })

const steps = [
  ['pre_transit', 'The carrier has the data of the parcel.', 'Hamburg', 0],
  ['in_transit', 'The parcel was handed to the carrier.', 'Hamburg', 7],
  ['in_transit', 'The parcel was sorted.', 'Hanover', 19],
  ['in_transit', 'The parcel arrived at the delivery depot.', 'Berlin', 31],
  ['out_for_delivery', 'The parcel is on its way to the recipient.', 'Berlin', 44],
  ['delivered', 'The parcel was delivered.', 'Berlin', 49],
]

export function trackingApi({ now, base }) {
  const trackers = createCollection('trk', { label: 'tracker' })
  trackers.seed(36, (index) => {
    const carrier = pick(carrierCodes, index)
    const number = `${carrier.slice(0, 2).toUpperCase()}${String(4_100_200_000 + index * 7919)}DE`
    return build(number, carrier, seededTime(24 * 12 + index * 11), {
      reached: index % 6,
      reference: `W-${20_100 + index}`,
    })
  })
  trackers.seal()

  function build(number, carrier, createdAt, { reached, reference = null, webhook_url = null, extra = {} }) {
    const events = steps.slice(0, reached + 1).map(([status, message, city, hours], index) => ({
      id: `${number}_${index + 1}`,
      status,
      message,
      city,
      country: 'DE',
      occurred_at: new Date(Date.parse(createdAt) + hours * 3_600_000).toISOString(),
    }))
    return {
      tracking_number: number,
      carrier,
      status: events.at(-1).status,
      reference,
      webhook_url,
      estimated_delivery_date: new Date(Date.parse(createdAt) + 2 * 86_400_000).toISOString().slice(0, 10),
      events,
      metadata: extra,
      created_at: createdAt,
      updated_at: events.at(-1).occurred_at,
    }
  }

  function detect(number) {
    return carrierPrefixes[number.slice(0, 2)] ?? null
  }

  function numberParameter(query) {
    const errors = []
    const number = numberRule(query.get('tracking_number') ?? undefined, '', errors)
    if (errors.length > 0)
      throw badRequest('invalid_parameter', `The parameter tracking_number ${errors[0].message}.`)
    return number
  }

  return {
    'GET /trackers': ({ query }) =>
      page(
        query,
        filtered(query, trackers.all(), { status: statuses, carrier: carrierCodes, reference: 'reference' }),
        withoutEvents,
      ),
    'POST /trackers': ({ body }) => {
      const input = readBody(body, {
        tracking_number: numberRule,
        carrier: optional(choice(carrierCodes)),
        reference: nullable(text({ max: 60 })),
        webhook_url: nullable(url()),
        metadata: optional(metadata(), {}),
      })
      const carrier = input.carrier ?? detect(input.tracking_number) ?? 'northpost'
      const same = trackers.where(
        (one) => one.tracking_number === input.tracking_number && one.carrier === carrier,
      )
      if (same.length > 0) throw conflict('already_tracked', 'There is a tracker for this parcel already.')
      const { tracking_number: number, reference, webhook_url, metadata: extra } = input
      const tracker = trackers.insert(
        build(number, carrier, now(), { reached: 0, reference, webhook_url, extra }),
      )
      return created(tracker, `${base}/trackers/${tracker.id}`)
    },
    'GET /trackers/:tracker_id': ({ params }) => trackers.get(params.tracker_id),
    'DELETE /trackers/:tracker_id': ({ params }) => {
      trackers.remove(trackers.get(params.tracker_id).id)
      return noContent()
    },
    'GET /trackers/:tracker_id/events': ({ params }) => ({ data: trackers.get(params.tracker_id).events }),
    'POST /trackers/:tracker_id/refresh': ({ params }) => {
      const tracker = trackers.get(params.tracker_id)
      if (tracker.status === 'delivered') {
        throw conflict('already_delivered', 'A delivered parcel gets no further news.')
      }
      const {
        id,
        tracking_number: number,
        carrier,
        created_at,
        reference,
        webhook_url,
        metadata: extra,
      } = tracker
      const reached = tracker.events.length
      return Object.assign(tracker, {
        id,
        ...build(number, carrier, created_at, { reached, reference, webhook_url, extra }),
      })
    },
    'GET /lookup': ({ query }) => {
      const number = numberParameter(query)
      const known = trackers.where((one) => one.tracking_number === number)[0]
      if (known) return { ...withoutEvents(known), id: null, events: known.events }
      const reached = Math.floor(noise('parcel', number) * steps.length)
      return { id: null, ...build(number, detect(number) ?? 'northpost', seededTime(24 * 20), { reached }) }
    },
    'GET /carriers/detect': ({ query }) => {
      const number = numberParameter(query)
      const carrier = detect(number)
      return { tracking_number: number, candidates: carrier ? [{ carrier, confidence: 0.98 }] : [] }
    },
  }
}

function withoutEvents({ events: _events, ...tracker }) {
  return tracker
}
