// What an event says has changed, from what to what: each field that is kept twice, the older one under `…Before`. Older
// events keep a single value under `before`, and what went from somebody to somebody has `from` and `to`.

import type { EventData } from '~/domain/kernel/events'
import { settingLabels } from '~/domain/settings/general'

type Value = EventData[string]

export type EventChange = { field: string; from: string; to: string }
export type EventFact = { field: string; value: string }

const suffix = 'Before'
/** Null: who it belongs to, an app to a person and a person to an organization. */
const pairs = [
  [null, 'from', 'to'],
  ['plan', 'plan', 'planAfter'],
] as const

/** Of a field that is kept twice and is still the same, nothing is told. `facts` is all the rest. */
export function changesOf(data: EventData): { changes: EventChange[]; facts: EventFact[] } {
  const used = new Set<string>()
  const changes: EventChange[] = []
  const compare = (field: string, from: Value | undefined, to: Value | undefined) => {
    if (JSON.stringify(from ?? null) === JSON.stringify(to ?? null)) return
    changes.push({ field: fieldLabel(field, data), from: valueText(field, from), to: valueText(field, to) })
  }
  for (const key of Object.keys(data)) {
    const field = key.endsWith(suffix) ? key.slice(0, -suffix.length) : null
    if (field === null || !(field in data)) continue
    used.add(key).add(field)
    compare(field, data[key], data[field])
  }
  const { before } = data
  if (before !== undefined) {
    const isAddress = String(before).includes('@') && 'email' in data
    const field = 'role' in data ? 'role' : isAddress ? 'email' : 'name'
    used.add('before').add(field)
    compare(field, before, data[field])
  }
  for (const [field, from, to] of pairs) {
    if (!(from in data) || !(to in data)) continue
    used.add(from).add(to)
    const what = field ?? ('ownerId' in data ? 'owner' : 'organization')
    compare(what, data[from], data[to])
  }
  const facts = Object.entries(data)
    .filter(([key]) => !used.has(key))
    .map(([key, value]) => ({ field: fieldLabel(key, data), value: valueText(key, value) }))
  return { changes, facts }
}

/** `quotaLimit` → "Quota limit"; settings have the words of their page. */
function fieldLabel(key: string, data: EventData): string {
  const isSetting = 'changed' in data && Object.hasOwn(settingLabels, key)
  if (isSetting) return settingLabels[key as keyof typeof settingLabels]
  const words = key.replace(/([A-Z])/g, (letter) => ` ${letter.toLowerCase()}`)
  const spelled = words
    .replace(/\bapi(s?)\b/, 'API$1')
    .replace(/\burl/, 'URL')
    .replace(/\boauth\b/, 'OAuth')
    .replace(/\bid\b/, 'ID')
  return spelled.charAt(0).toUpperCase() + spelled.slice(1)
}

function valueText(key: string, value: Value | undefined): string {
  if (value === null || value === undefined || value === '') return 'none'
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  if (Array.isArray(value)) return value.length > 0 ? value.join(', ') : 'none'
  if (typeof value === 'number' && /At$|periodEnd|notBefore/.test(key) && value > 1e11)
    return new Date(value).toISOString()
  return String(value)
}
