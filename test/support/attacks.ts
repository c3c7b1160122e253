// What the attack tests share: addresses to come from, pages without what differs by design, and what the database holds.
import { env } from 'cloudflare:workers'
import { setSettings } from './world'

/** A password that the policy takes. */
export const freshPassword = 'kites over Oslo 7'

let visits = 0
/** An address that nobody used before. */
export function newAddress(): string {
  visits += 1
  return `198.18.${Math.floor(visits / 250)}.${1 + (visits % 250)}`
}

export const openPortal = () =>
  setSettings({
    visibility: 'public',
    signInEnabled: true,
    registrationEnabled: true,
    autoApproveDevelopers: false,
    requireEmailVerification: false,
    passwordMinLength: 12,
  })

/** What a stranger can compare of two answers: everything but nonces, ids, times, and what was typed. */
export async function comparable(response: Response, typed: string[]): Promise<string> {
  const headers = [...response.headers]
    .filter(([name]) => !['date', 'x-request-id', 'content-security-policy'].includes(name))
    .sort(([a], [b]) => a.localeCompare(b))
  let text = `${response.status} ${JSON.stringify(headers)}\n${await response.text()}`
  for (const word of typed) text = text.replaceAll(word, '')
  return text
    .replaceAll(/[\w-]{43}/g, '')
    .replaceAll(/\d{13}(\.\d+)?/g, '')
    .replaceAll(/[0-9a-f]{8}-[0-9a-f-]{27}/g, '')
}

/** Every row of the database, without what a refused request may write: counters of attempts and times of visits. */
export async function databaseText(without: string[] = ['attempt_counters']): Promise<string> {
  const tables = await env.DB.prepare(
    "select name from sqlite_master where type = 'table' and name not like 'sqlite_%' and name not like '_cf_%' order by name",
  ).all<{ name: string }>()
  const texts: string[] = []
  for (const { name } of tables.results) {
    if (without.includes(name)) continue
    const rows = await env.DB.prepare(`select * from "${name}"`).all()
    texts.push(`${name} ${JSON.stringify(rows.results)}`)
  }
  return texts.join('\n')
}
