// Checks request bodies. A rule is a function (value, path, errors) that returns the clean value;
// all wrong fields are reported together in one 422, by JSON pointer.
import { badRequest, invalid } from './problem.mjs'

/** `shape` is a map of rules, or one rule for the whole body. */
export function readBody(body, shape) {
  if (body === null || typeof body !== 'object' || Array.isArray(body)) {
    throw badRequest('invalid_body', 'The request body must be a JSON object.')
  }
  const errors = []
  const rule = typeof shape === 'function' ? shape : object(shape)
  const clean = rule(body, '', errors)
  if (errors.length > 0) throw invalid(errors)
  return clean
}

/** Every field becomes optional: what a PATCH accepts. */
export function partial(shape) {
  return Object.fromEntries(Object.entries(shape).map(([name, rule]) => [name, optional(unwrapped(rule))]))
}

export function text({ min = 1, max = 500, pattern, hint = 'has the wrong format' } = {}) {
  return (value, path, errors) => {
    if (typeof value !== 'string') return fail(errors, path, 'must be a string')
    if (value.length < min) return fail(errors, path, `must have at least ${min} characters`)
    if (value.length > max) return fail(errors, path, `must have at most ${max} characters`)
    if (pattern && !pattern.test(value)) return fail(errors, path, hint)
    return value
  }
}

export function email() {
  return text({ max: 254, pattern: /^[^\s@]+@[^\s@]+\.[^\s@]+$/, hint: 'must be an email address' })
}

export function url() {
  return text({ max: 2000, pattern: /^https:\/\/[^\s/]+/, hint: 'must be an https address' })
}

export function country() {
  return text({ pattern: /^[A-Z]{2}$/, hint: 'must be a two-letter country code' })
}

export function date() {
  return (value, path, errors) => {
    const clean = text({ pattern: /^\d{4}-\d{2}-\d{2}$/, hint: 'must be a date (YYYY-MM-DD)' })(
      value,
      path,
      errors,
    )
    if (clean && Number.isNaN(Date.parse(clean))) return fail(errors, path, 'must be a real date')
    return clean
  }
}

export function integer({ min = 0, max = 99_999_999 } = {}) {
  return (value, path, errors) => {
    if (!Number.isInteger(value)) return fail(errors, path, 'must be a whole number')
    return inRange(value, min, max, path, errors)
  }
}

export function number({ min = 0, max = 1_000_000 } = {}) {
  return (value, path, errors) => {
    if (typeof value !== 'number') return fail(errors, path, 'must be a number')
    return inRange(value, min, max, path, errors)
  }
}

export function boolean() {
  return (value, path, errors) =>
    typeof value === 'boolean' ? value : fail(errors, path, 'must be true or false')
}

export function choice(values) {
  return (value, path, errors) =>
    values.includes(value) ? value : fail(errors, path, `must be one of ${values.join(', ')}`)
}

export function list(rule, { min = 0, max = 50 } = {}) {
  return (value, path, errors) => {
    if (!Array.isArray(value)) return fail(errors, path, 'must be a list')
    if (value.length < min) return fail(errors, path, `must have at least ${min} entries`)
    if (value.length > max) return fail(errors, path, `must have at most ${max} entries`)
    return value.map((entry, index) => rule(entry, `${path}/${index}`, errors))
  }
}

export function metadata() {
  return (value, path, errors) => {
    if (!isObject(value)) return fail(errors, path, 'must be an object of strings')
    const entries = Object.entries(value)
    if (entries.length > 20) return fail(errors, path, 'must have at most 20 entries')
    const wrong = entries.some(
      ([name, entry]) => name.length > 40 || typeof entry !== 'string' || entry.length > 500,
    )
    return wrong ? fail(errors, path, 'must be an object of short strings') : Object.fromEntries(entries)
  }
}

export function object(shape) {
  return (value, path, errors) => {
    if (!isObject(value)) return fail(errors, path, 'must be an object')
    const clean = {}
    for (const [name, rule] of Object.entries(shape)) {
      const given = Object.hasOwn(value, name) ? value[name] : undefined
      if (given !== undefined) clean[name] = rule(given, `${path}/${name}`, errors)
      else if (rule.optional) {
        if (rule.fallback !== undefined) clean[name] = structuredClone(rule.fallback)
      } else fail(errors, `${path}/${name}`, 'is required')
    }
    return clean
  }
}

/** The shape depends on the value of one field, as in a oneOf with a discriminator. */
export function union(discriminator, shapes) {
  return (value, path, errors) => {
    if (!isObject(value)) return fail(errors, path, 'must be an object')
    const kind = value[discriminator]
    if (typeof kind !== 'string' || !Object.hasOwn(shapes, kind)) {
      return fail(errors, `${path}/${discriminator}`, `must be one of ${Object.keys(shapes).join(', ')}`)
    }
    return { [discriminator]: kind, ...object(shapes[kind])(value, path, errors) }
  }
}

export function optional(rule, fallback) {
  return Object.assign((value, path, errors) => rule(value, path, errors), { optional: true, rule, fallback })
}

export function nullable(rule) {
  return optional((value, path, errors) => (value === null ? null : rule(value, path, errors)), null)
}

function unwrapped(rule) {
  return rule.optional ? rule.rule : rule
}

function inRange(value, min, max, path, errors) {
  return value >= min && value <= max ? value : fail(errors, path, `must be from ${min} to ${max}`)
}

function isObject(value) {
  return value !== null && typeof value === 'object' && !Array.isArray(value)
}

function fail(errors, path, message) {
  errors.push({ field: path, message })
  return undefined
}
