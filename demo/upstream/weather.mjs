// The Weather API: forecasts, history and neighbours for any point on Earth, computed and never stored.
import { badRequest, notFound } from './problem.mjs'
import { choiceParameter, integerParameter, page } from './store.mjs'
import { list, number, object, readBody } from './validate.mjs'
import {
  addDays,
  airAt,
  conditionsAt,
  dateParameter,
  dayAt,
  elevationAt,
  locations,
  normalsAt,
  pointParameter,
  sunAt,
  toFahrenheit,
} from './weather-data.mjs'

const alertKinds = ['wind', 'rain', 'heat', 'frost']

export function weatherApi({ now }) {
  const today = () => now().slice(0, 10)
  const hourNow = () => Math.floor(Date.parse(now()) / 3_600_000) * 3_600_000

  return {
    'GET /current': ({ query }) => {
      const point = pointParameter(query)
      const units = unitsParameter(query)
      return {
        ...head(point, units),
        time: iso(hourNow()),
        current: inUnits(units, conditionsAt(point, hourNow())),
      }
    },
    'GET /forecast/hourly': ({ query }) => {
      const point = pointParameter(query)
      const units = unitsParameter(query)
      const count = integerParameter(query, 'hours', { min: 1, max: 168, fallback: 24 })
      const hours = Array.from({ length: count }, (_, index) => hourNow() + index * 3_600_000)
      return {
        ...head(point, units),
        hourly: hours.map((time) => ({ time: iso(time), ...inUnits(units, conditionsAt(point, time)) })),
      }
    },
    'GET /forecast/daily': ({ query }) => {
      const point = pointParameter(query)
      const units = unitsParameter(query)
      const count = integerParameter(query, 'days', { min: 1, max: 16, fallback: 7 })
      return { ...head(point, units), daily: days(point, today(), count, units) }
    },
    'POST /forecast/batch': ({ body }) => {
      const { points, days: count } = readBody(body, {
        points: list(
          object({ latitude: number({ min: -90, max: 90 }), longitude: number({ min: -180, max: 180 }) }),
          { min: 1, max: 25 },
        ),
        days: number({ min: 1, max: 7 }),
      })
      return {
        data: points.map((point) => ({
          ...head(point, 'metric'),
          daily: days(point, today(), Math.trunc(count), 'metric'),
        })),
      }
    },
    'GET /history/daily': ({ query }) => {
      const point = pointParameter(query)
      const units = unitsParameter(query)
      const from = dateParameter(query, 'start_date')
      const to = dateParameter(query, 'end_date')
      const count = (Date.parse(to) - Date.parse(from)) / 86_400_000 + 1
      if (count < 1 || count > 92) {
        throw badRequest('invalid_range', 'end_date must be on or up to 91 days after start_date.')
      }
      return { ...head(point, units), daily: days(point, from, count, units) }
    },
    'GET /air-quality': ({ query }) => {
      const point = pointParameter(query)
      return { ...head(point, 'metric'), time: iso(hourNow()), air_quality: airAt(point, hourNow()) }
    },
    'GET /sun': ({ query }) => {
      const point = pointParameter(query)
      return {
        latitude: point.latitude,
        longitude: point.longitude,
        ...sunAt(point, dateParameter(query, 'date', today())),
      }
    },
    'GET /climate/normals': ({ query }) => {
      const point = pointParameter(query)
      return { ...head(point, 'metric'), period: '1991-2020', months: normalsAt(point) }
    },
    'GET /elevation': ({ query }) => {
      const point = pointParameter(query)
      return { ...point, elevation: elevationAt(point) }
    },
    'GET /locations': ({ query }) => {
      const wanted = (query.get('q') ?? '').toLowerCase()
      const country = query.get('country')
      return page(
        query,
        locations.filter(
          (one) => one.name.toLowerCase().includes(wanted) && (!country || one.country === country),
        ),
      )
    },
    'GET /locations/:location_id': ({ params }) => {
      const location = locations.find((one) => one.id === params.location_id)
      if (!location) throw notFound('There is no location with this id.')
      return location
    },
    'GET /alerts': ({ query }) => {
      const country = query.get('country')
      const severity =
        query.has('severity') && choiceParameter(query, 'severity', ['minor', 'moderate', 'severe'])
      return page(
        query,
        alerts(today()).filter(
          (alert) => (!country || alert.country === country) && (!severity || alert.severity === severity),
        ),
      )
    },
    'GET /alerts/:alert_id': ({ params }) => {
      const alert = alerts(today()).find((one) => one.id === params.alert_id)
      if (!alert) throw notFound('There is no alert with this id, or it has ended.')
      return alert
    },
  }
}

/** Two alerts for every location, from yesterday to tomorrow. */
function alerts(today) {
  return locations.flatMap((location, index) =>
    [0, 1].map((part) => ({
      id: `alr_${1001 + index * 2 + part}`,
      location_id: location.id,
      country: location.country,
      kind: alertKinds[(index + part) % alertKinds.length],
      severity: ['minor', 'moderate', 'severe'][(index + part * 2) % 3],
      headline: `${['Strong wind', 'Heavy rain', 'Unusual heat', 'Ground frost'][(index + part) % 4]} in ${location.name}`,
      advice: part === 0 ? 'Secure loose things outdoors.' : null,
      starts_at: `${addDays(today, part - 1)}T06:00:00.000Z`,
      ends_at: `${addDays(today, part + 1)}T18:00:00.000Z`,
    })),
  )
}

function head(point, units) {
  return { latitude: point.latitude, longitude: point.longitude, elevation: elevationAt(point), units }
}

function days(point, from, count, units) {
  return Array.from({ length: count }, (_, index) => inUnits(units, dayAt(point, addDays(from, index))))
}

function unitsParameter(query) {
  return choiceParameter(query, 'units', ['metric', 'imperial'], 'metric')
}

function inUnits(units, record) {
  return units === 'imperial' ? toFahrenheit(record) : record
}

function iso(time) {
  return new Date(time).toISOString()
}
