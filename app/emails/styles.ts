// Colors and sizes of mails. Inline, because mail programs know little else; the style sheet is for those that follow a
// dark screen, and goes by classes.
import type { CSSProperties } from 'react'

const ink = '#1c2024'
const muted = '#5b636e'
const line = '#e3e6ea'
const sunken = '#f5f6f8'

/** No quotes and no angle brackets: React would escape them. */
export const styleSheet = `
:root { color-scheme: light dark; supported-color-schemes: light dark; }
@media (prefers-color-scheme: dark) {
  .page { background: #121417 !important; }
  .card { background: #1b1e22 !important; border-color: #30353b !important; }
  .line { border-color: #30353b !important; }
  .sunken { background: #24282d !important; border-color: #4a525b !important; }
  .ink { color: #eceef0 !important; }
  .muted { color: #a9b1bb !important; }
  .button { border-color: #6b7480 !important; }
}
@media (max-width: 480px) {
  .gutter { padding: 20px 10px !important; }
  .card { padding: 22px 18px 14px !important; }
}
`

const text = { fontSize: 15, lineHeight: 1.6 } as const
const small = { fontSize: 13, lineHeight: 1.5, color: muted } as const

const listed: CSSProperties = {
  padding: '10px 10px 10px 0',
  borderBottom: `1px solid ${line}`,
  color: ink,
  verticalAlign: 'top',
}

export const styles = {
  body: { margin: 0, padding: 0, background: sunken, color: ink },
  page: { background: sunken },
  gutter: { padding: '32px 16px' },
  column: {
    maxWidth: 560,
    textAlign: 'left',
    fontFamily: 'Inter, -apple-system, "Segoe UI", Helvetica, Arial, sans-serif',
  },
  brand: { margin: '0 0 16px', fontSize: 15, fontWeight: 600, lineHeight: 1.5, color: ink },
  logo: {
    display: 'block',
    padding: 6,
    border: 0,
    borderRadius: 6,
    background: '#ffffff',
    // Of the words that stand there where pictures are off.
    fontSize: 15,
    fontWeight: 600,
    lineHeight: 1.5,
    color: ink,
  },
  card: { background: '#ffffff', border: `1px solid ${line}`, borderRadius: 10, padding: '28px 28px 20px' },
  heading: {
    margin: '0 0 16px',
    fontSize: 20,
    fontWeight: 600,
    lineHeight: 1.3,
    color: ink,
    overflowWrap: 'anywhere',
  },
  paragraph: { ...text, margin: '0 0 16px', color: ink, overflowWrap: 'anywhere' },
  list: { ...text, margin: '0 0 16px', padding: '0 0 0 22px', color: ink, overflowWrap: 'anywhere' },
  item: { margin: '0 0 4px' },
  link: { color: ink, textDecoration: 'underline' },
  facts: { ...text, margin: '0 0 16px', borderCollapse: 'collapse' },
  term: { padding: '2px 16px 2px 0', fontWeight: 400, color: muted, verticalAlign: 'top' },
  value: { padding: '2px 0', color: ink, verticalAlign: 'top', overflowWrap: 'anywhere' },
  listed: { ...listed, overflowWrap: 'anywhere' },
  open: { ...listed, whiteSpace: 'nowrap' },
  quote: { margin: '0 0 16px', padding: '10px 14px', background: sunken, borderLeft: `3px solid ${line}` },
  quoted: { ...text, margin: 0, color: ink, whiteSpace: 'pre-line', overflowWrap: 'anywhere' },
  small: { ...small, margin: '0 0 2px' },
  buttonLine: { margin: '24px 0' },
  button: {
    display: 'inline-block',
    padding: '11px 20px',
    border: '1px solid transparent',
    borderRadius: 6,
    fontSize: 15,
    fontWeight: 600,
    textDecoration: 'none',
  },
  note: { ...small, margin: '0 0 12px' },
  address: { color: muted, overflowWrap: 'anywhere', wordBreak: 'break-all' },
  foot: { ...small, margin: '16px 0 0' },
  quietLink: { color: muted },
} satisfies Record<string, CSSProperties>
