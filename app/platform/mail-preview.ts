// A mail as a page of its own, to be framed: its subject above, its text below. Nothing in it may run, load or lead away.
import type { RenderedMail } from '~/domain/notifications/mail'
import { escaped } from './plain-html'

/** Inline styles, as mails have them, the portal's logo, and nothing else. Only the portal may frame it. */
const headers = {
  'Content-Type': 'text/html; charset=utf-8',
  'Content-Security-Policy':
    "default-src 'none'; style-src 'unsafe-inline'; img-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'; sandbox",
  'X-Frame-Options': 'SAMEORIGIN',
  'Referrer-Policy': 'no-referrer',
}

const font = 'font-family:system-ui,sans-serif;font-size:14px;line-height:1.5'
const bar = `${font};padding:12px 16px;border-bottom:1px solid rgba(128,128,128,.4)`
const foot = `${font};padding:12px 16px;border-top:1px solid rgba(128,128,128,.4)`
const pre = 'white-space:pre-wrap;overflow-wrap:anywhere;font-size:13px;margin:12px 0 0'

export function mailPreview({ subject, html, text }: RenderedMail): Response {
  const above = `<div class="page ink" style="${bar}"><span class="muted">Subject:</span> <strong>${escaped(subject)}</strong></div>`
  const below = `<details class="page ink" style="${foot}"><summary>As text</summary><pre style="${pre}">${escaped(text)}</pre></details>`
  const page = html
    .replace(/<body[^>]*>/, (body) => `${body}${above}`)
    .replace(/<\/body>(?![\s\S]*<\/body>)/, () => `${below}</body>`)
  return new Response(page, { headers })
}

export function noMailPreview(problems: readonly string[]): Response {
  const list = problems.map((problem) => `<p>${escaped(problem)}</p>`).join('')
  const page = `<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><meta name="color-scheme" content="light dark"><title>No preview</title></head><body style="${font};padding:8px 16px"><p><strong>There is no preview yet.</strong></p>${list}</body></html>`
  return new Response(page, { status: 422, headers })
}
