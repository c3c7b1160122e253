// Deterministic weather: every value depends only on the coordinates and the time, with seasons, days and noise.
import { badRequest } from './problem.mjs'
import { noise } from './store.mjs'

export const locations = [
  place(1001, 'Hamburg', 'DE', 53.55, 9.99, 6, 'Europe/Berlin'),
  place(1002, 'Lyon', 'FR', 45.76, 4.84, 173, 'Europe/Paris'),
  place(1003, 'Amsterdam', 'NL', 52.37, 4.9, 2, 'Europe/Amsterdam'),
  place(1004, 'San Francisco', 'US', 37.77, -122.42, 16, 'America/Los_Angeles'),
  place(1005, 'Vienna', 'AT', 48.21, 16.37, 171, 'Europe/Vienna'),
  place(1006, 'Leeds', 'GB', 53.8, -1.55, 63, 'Europe/London'),
  place(1007, 'Lisbon', 'PT', 38.72, -9.14, 45, 'Europe/Lisbon'),
  place(1008, 'Oslo', 'NO', 59.91, 10.75, 23, 'Europe/Oslo'),
  place(1009, 'Singapore', 'SG', 1.35, 103.82, 15, 'Asia/Singapore'),
  place(1010, 'Nairobi', 'KE', -1.29, 36.82, 1795, 'Africa/Nairobi'),
  place(1011, 'Wellington', 'NZ', -41.29, 174.78, 18, 'Pacific/Auckland'),
  place(1012, 'Santiago', 'CL', -33.45, -70.67, 570, 'America/Santiago'),
]

const dayMs = 86_400_000

/** Conditions at one moment; `time` in milliseconds, temperatures in °C, wind in km/h, rain in mm. */
export function conditionsAt({ latitude, longitude }, time) {
  const day = Math.floor(time / dayMs)
  const hour = new Date(time).getUTCHours() + longitude / 15
  const mean = meanTemperature(latitude, time)
  const swing = 4.5 * Math.cos(((hour - 15) / 24) * 2 * Math.PI)
  const front = 8 * (smooth('front', latitude, longitude, time / (3 * dayMs)) - 0.5)
  const cloud = Math.round(100 * smooth('cloud', latitude, longitude, time / (dayMs / 2)))
  const wet = cloud > 68 && noise('rain', latitude, longitude, day, Math.floor(hour / 3)) > 0.35
  const temperature = round(mean + swing + front - cloud / 60)
  const rain = wet ? round((cloud - 60) / 12 + noise('mm', latitude, longitude, time)) : 0
  return {
    temperature,
    apparent_temperature: round(temperature - (temperature < 12 ? 1.8 : 0)),
    humidity: Math.min(100, Math.round(48 + cloud / 3 + (wet ? 14 : 0))),
    precipitation: rain,
    cloud_cover: cloud,
    wind_speed: round(4 + 32 * smooth('wind', latitude, longitude, time / dayMs)),
    wind_direction: Math.round(359 * smooth('direction', latitude, longitude, time / (2 * dayMs))),
    pressure: round(1013 + 18 * (smooth('pressure', latitude, longitude, time / (2 * dayMs)) - 0.5)),
    condition: conditionOf(temperature, cloud, wet),
  }
}

export function dayAt(point, date) {
  const start = Date.parse(`${date}T00:00:00Z`)
  const hours = Array.from({ length: 24 }, (_, hour) => conditionsAt(point, start + hour * 3_600_000))
  const temperatures = hours.map(({ temperature }) => temperature)
  return {
    date,
    temperature_min: Math.min(...temperatures),
    temperature_max: Math.max(...temperatures),
    precipitation_sum: round(hours.reduce((sum, { precipitation }) => sum + precipitation, 0)),
    wind_speed_max: Math.max(...hours.map(({ wind_speed }) => wind_speed)),
    condition: hours[13].condition,
  }
}

/** Sunrise and sunset in UTC by the usual declination formula; null on polar days and nights. */
export function sunAt({ latitude, longitude }, date) {
  const declination = -0.4093 * Math.cos((2 * Math.PI * (dayOfYear(date) + 10)) / 365)
  const cosine = -Math.tan((latitude * Math.PI) / 180) * Math.tan(declination)
  if (Math.abs(cosine) > 1)
    return { date, sunrise: null, sunset: null, daylight_minutes: cosine > 1 ? 0 : 1440 }
  const half = (Math.acos(cosine) / Math.PI) * 12
  const noon = Date.parse(`${date}T12:00:00Z`) - (longitude / 15) * 3_600_000
  return {
    date,
    sunrise: new Date(noon - half * 3_600_000).toISOString(),
    sunset: new Date(noon + half * 3_600_000).toISOString(),
    daylight_minutes: Math.round(half * 120),
  }
}

export function elevationAt({ latitude, longitude }) {
  const near = locations.find(
    (one) => Math.abs(one.latitude - latitude) < 0.2 && Math.abs(one.longitude - longitude) < 0.2,
  )
  return near
    ? near.elevation
    : Math.round(900 * noise('height', latitude.toFixed(1), longitude.toFixed(1)) ** 2)
}

export function normalsAt(point) {
  return Array.from({ length: 12 }, (_, month) => ({
    month: month + 1,
    temperature_mean: round(meanTemperature(point.latitude, Date.UTC(2026, month, 15))),
    precipitation_sum: Math.round(35 + 70 * noise('normal', point.latitude.toFixed(1), month)),
    rain_days: Math.round(6 + 9 * noise('days', point.latitude.toFixed(1), month)),
  }))
}

export function airAt({ latitude, longitude }, time) {
  const load = smooth('air', latitude, longitude, time / dayMs)
  const index = Math.round(12 + 90 * load)
  return {
    index,
    level: index < 34 ? 'good' : index < 67 ? 'fair' : 'poor',
    pm2_5: round(3 + 22 * load),
    pm10: round(7 + 38 * load),
    ozone: round(40 + 60 * smooth('ozone', latitude, longitude, time / dayMs)),
    nitrogen_dioxide: round(8 + 30 * load),
  }
}

export function toFahrenheit(record) {
  return Object.fromEntries(
    Object.entries(record).map(([name, value]) => [
      name,
      name.includes('temperature') ? round(value * 1.8 + 32) : value,
    ]),
  )
}

export function pointParameter(query) {
  const values = ['latitude', 'longitude'].map((name) => {
    const max = name === 'latitude' ? 90 : 180
    const value = query.get(name) ? Number(query.get(name)) : Number.NaN
    if (Number.isNaN(value) || Math.abs(value) > max) {
      throw badRequest('invalid_parameter', `The parameter ${name} must be a number from -${max} to ${max}.`)
    }
    return value
  })
  return { latitude: values[0], longitude: values[1] }
}

export function dateParameter(query, name, fallback) {
  const value = query.get(name) ?? fallback
  if (!/^\d{4}-\d{2}-\d{2}$/.test(value ?? '') || Number.isNaN(Date.parse(value))) {
    throw badRequest('invalid_parameter', `The parameter ${name} must be a date (YYYY-MM-DD).`)
  }
  return value
}

export function addDays(date, days) {
  return new Date(Date.parse(date) + days * dayMs).toISOString().slice(0, 10)
}

function meanTemperature(latitude, time) {
  const season = Math.cos(((dayOfYear(new Date(time).toISOString().slice(0, 10)) - 200) / 365) * 2 * Math.PI)
  const reach = Math.abs(latitude) / 90
  return 30 - 34 * reach + Math.sign(latitude || 1) * season * (1 + 17 * reach)
}

function conditionOf(temperature, cloud, wet) {
  if (wet) return temperature <= 1 ? 'snow' : cloud > 92 ? 'storm' : 'rain'
  return cloud < 25 ? 'clear' : cloud < 60 ? 'partly_cloudy' : 'cloudy'
}

/** Noise that changes slowly along `position`. */
function smooth(name, latitude, longitude, position) {
  const key = [name, latitude.toFixed(2), longitude.toFixed(2)]
  const left = Math.floor(position)
  const share = (1 - Math.cos((position - left) * Math.PI)) / 2
  return noise(...key, left) * (1 - share) + noise(...key, left + 1) * share
}

function dayOfYear(date) {
  return Math.floor((Date.parse(date) - Date.parse(`${date.slice(0, 4)}-01-01`)) / dayMs) + 1
}

function place(number, name, country, latitude, longitude, elevation, timezone) {
  return { id: `loc_${number}`, name, country, latitude, longitude, elevation, timezone }
}

function round(value) {
  return Math.round(value * 10) / 10
}
