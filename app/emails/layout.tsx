// The one look of all mails: portal name, a heading, what to know, one button, a foot. HTML and text come from the same
// content, so that they say the same. Styles are inline and colors plain, because mail programs know little else.
import type { CSSProperties } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { subjectLine } from './words'

/** `origin` is where the portal answers; each link of a mail begins with it. */
export type MailPortal = { name: string; accentColor: string | null; origin: string }

export type MailContent = {
  subject: string
  heading: string
  /** "Hello Ada," or no greeting, as for an address that belongs to nobody in particular. */
  greeting?: string | null
  paragraphs: readonly string[]
  /** Terms and values, one to a line. */
  facts?: readonly (readonly [term: string, value: string])[]
  /** The words of another person. */
  quote?: { label: string; text: string } | null
  button?: { label: string; url: string }
  /** In small print, such as how long a link lasts. */
  note?: string
}

export type Mail = { subject: string; html: string; text: string }

export function renderLayout(portal: MailPortal, content: MailContent): Mail {
  return {
    subject: subjectLine(content.subject),
    html: `<!DOCTYPE html>${renderToStaticMarkup(<HtmlPart portal={portal} content={content} />)}`,
    text: textPart(portal, content),
  }
}

function textPart(portal: MailPortal, content: MailContent): string {
  const { heading, greeting, paragraphs, facts, quote, button, note } = content
  const blocks = [
    heading,
    greeting,
    ...paragraphs,
    facts?.map(([term, value]) => `${term}: ${value}`).join('\n'),
    quote && `${quote.label}:\n${quote.text.replace(/^/gm, '> ')}`,
    button && `${button.label}:\n${button.url}`,
    note,
    `--\n${portal.name}\n${portal.origin}`,
  ]
  return `${blocks.filter(Boolean).join('\n\n')}\n`
}

type HtmlPartProps = { portal: MailPortal; content: MailContent }

function HtmlPart({ portal, content }: HtmlPartProps) {
  const { heading, greeting, paragraphs, facts, quote, button, note } = content
  return (
    <html lang="en">
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light" />
        <title>{heading}</title>
      </head>
      <body style={styles.body}>
        <table role="presentation" width="100%" cellPadding={0} cellSpacing={0} style={styles.page}>
          <tbody>
            <tr>
              <td align="center" style={styles.gutter}>
                <div style={styles.column}>
                  <p style={styles.brand}>{portal.name}</p>
                  <div style={styles.card}>
                    <h1 style={styles.heading}>{heading}</h1>
                    {greeting && <p style={styles.paragraph}>{greeting}</p>}
                    {paragraphs.map((paragraph) => (
                      <p key={paragraph} style={styles.paragraph}>
                        {paragraph}
                      </p>
                    ))}
                    {facts && facts.length > 0 && <Facts facts={facts} />}
                    {quote && (
                      <div style={styles.quote}>
                        <p style={styles.small}>{quote.label}</p>
                        <p style={styles.quoted}>{quote.text}</p>
                      </div>
                    )}
                    {button && <ButtonLink portal={portal} button={button} />}
                    {note && <p style={styles.note}>{note}</p>}
                  </div>
                  <p style={styles.foot}>
                    Sent by{' '}
                    <a href={portal.origin} style={styles.quietLink}>
                      {portal.name}
                    </a>
                  </p>
                </div>
              </td>
            </tr>
          </tbody>
        </table>
      </body>
    </html>
  )
}

function Facts({ facts }: { facts: NonNullable<MailContent['facts']> }) {
  return (
    <table cellPadding={0} cellSpacing={0} style={styles.facts}>
      <tbody>
        {facts.map(([term, value]) => (
          <tr key={term}>
            <th scope="row" align="left" style={styles.term}>
              {term}
            </th>
            <td style={styles.value}>{value}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function ButtonLink({ portal, button }: { portal: MailPortal; button: NonNullable<MailContent['button']> }) {
  const background = accentOf(portal)
  return (
    <>
      <p style={styles.buttonLine}>
        <a href={button.url} style={{ ...styles.button, background, color: readableOn(background) }}>
          {button.label}
        </a>
      </p>
      <p style={styles.note}>
        If the button does not work, open this address:
        <br />
        <a href={button.url} style={styles.address}>
          {button.url}
        </a>
      </p>
    </>
  )
}

const defaultAccent = '#4f46e5'

function accentOf(portal: MailPortal): string {
  return portal.accentColor && /^#[0-9a-f]{6}$/i.test(portal.accentColor) ? portal.accentColor : defaultAccent
}

/** White or near black, whichever has more contrast on the color (WCAG 2.2, relative luminance). */
function readableOn(color: string): string {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const channel = Number.parseInt(color.slice(at, at + 2), 16) / 255
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4
  })
  const luminance = 0.2126 * red + 0.7152 * green + 0.0722 * blue
  return 1.05 / (luminance + 0.05) >= (luminance + 0.05) / 0.05 ? '#ffffff' : '#111111'
}

const ink = '#1c2024'
const muted = '#5b636e'
const line = '#e3e6ea'

const styles = {
  body: { margin: 0, padding: 0, background: '#f5f6f8', color: ink },
  page: { background: '#f5f6f8' },
  gutter: { padding: '32px 16px' },
  column: {
    maxWidth: 560,
    textAlign: 'left',
    fontFamily: 'Inter, -apple-system, "Segoe UI", Helvetica, Arial, sans-serif',
  },
  brand: { margin: '0 0 16px', fontSize: 15, fontWeight: 600, lineHeight: 1.5, color: ink },
  card: { background: '#ffffff', border: `1px solid ${line}`, borderRadius: 10, padding: '28px 28px 20px' },
  heading: {
    margin: '0 0 16px',
    fontSize: 20,
    fontWeight: 600,
    lineHeight: 1.3,
    color: ink,
    overflowWrap: 'anywhere',
  },
  paragraph: { margin: '0 0 16px', fontSize: 15, lineHeight: 1.6, color: ink, overflowWrap: 'anywhere' },
  facts: { margin: '0 0 16px', fontSize: 15, lineHeight: 1.6, borderCollapse: 'collapse' },
  term: {
    padding: '2px 16px 2px 0',
    fontWeight: 400,
    color: muted,
    verticalAlign: 'top',
    whiteSpace: 'nowrap',
  },
  value: { padding: '2px 0', color: ink, overflowWrap: 'anywhere' },
  quote: { margin: '0 0 16px', padding: '10px 14px', background: '#f5f6f8', borderLeft: `3px solid ${line}` },
  quoted: {
    margin: 0,
    fontSize: 15,
    lineHeight: 1.6,
    color: ink,
    whiteSpace: 'pre-line',
    overflowWrap: 'anywhere',
  },
  small: { margin: '0 0 2px', fontSize: 13, lineHeight: 1.5, color: muted },
  buttonLine: { margin: '24px 0' },
  button: {
    display: 'inline-block',
    padding: '11px 20px',
    borderRadius: 6,
    fontSize: 15,
    fontWeight: 600,
    textDecoration: 'none',
  },
  note: { margin: '0 0 12px', fontSize: 13, lineHeight: 1.5, color: muted },
  address: { color: muted, overflowWrap: 'anywhere', wordBreak: 'break-all' },
  foot: { margin: '16px 0 0', fontSize: 13, lineHeight: 1.5, color: muted },
  quietLink: { color: muted },
} satisfies Record<string, CSSProperties>
