// What an event says has changed, from what to what: each field that is kept twice, the older one under `…Before`. Older
// events keep a single value under `before`.

import type { EventData } from '~/domain/kernel/events'
import { settingLabels } from '~/domain/settings/general'

type Value = EventData[string]

export type EventChange = { field: string; from: string; to: string }
export type EventFact = { field: string; value: string }

const suffix = 'Before'

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
  return words.charAt(0).toUpperCase() + words.slice(1)
}

function valueText(key: string, value: Value | undefined): string {
  if (value === null || value === undefined || value === '') return 'none'
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  if (Array.isArray(value)) return value.length > 0 ? value.join(', ') : 'none'
  if (typeof value === 'number' && /At$|periodEnd|notBefore/.test(key) && value > 1e11)
    return new Date(value).toISOString()
  return String(value)
}
