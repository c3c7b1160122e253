// The one look of all mails: the portal's logo or name, a heading, what to know, one button, a foot. HTML and text come from
// the same content, so that they say the same. The logo alone is loaded, and its name stands there where pictures are off.
import { createElement } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { Blocks, blocksAsText } from './blocks'
import type { FilledBlock } from './parts'
import { styleSheet, styles } from './styles'
import { subjectLine } from './words'

/** `origin` is where the portal answers; each link of a mail begins with it. */
export type MailPortal = {
  name: string
  accentColor: string | null
  origin: string
  logo?: { url: string; width: number; height: number } | null
}

export type MailContent = {
  subject: string
  heading: string
  /** "Hello Ada," or no greeting, as for an address that belongs to nobody in particular. */
  greeting?: string | null
  blocks: readonly FilledBlock[]
  /** Terms and values, one to a line. */
  facts?: readonly (readonly [term: string, value: string])[]
  /** What a digest lists. */
  items?: readonly { text: string; url: string }[]
  /** The words of another person. */
  quote?: { label: string; text: string } | null
  button?: { label: string; url: string }
  /** In small print, such as how long a link lasts. */
  note?: string
  /** Only of mails that one can do without. */
  unsubscribeUrl?: string | null
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
  const { heading, greeting, blocks, items, facts, quote, button, note, unsubscribeUrl } = content
  const pieces = [
    heading,
    greeting,
    ...blocksAsText(blocks),
    items?.map(({ text, url }) => `- ${text}\n  ${url}`).join('\n'),
    facts?.map(([term, value]) => `${term}: ${value}`).join('\n'),
    quote && `${quote.label}:\n${quote.text.replace(/^/gm, '> ')}`,
    button && `${button.label}:\n${button.url}`,
    note,
    `--\n${portal.name}\n${portal.origin}`,
    unsubscribeUrl && `Unsubscribe from mails like this one:\n${unsubscribeUrl}`,
  ]
  return `${pieces.filter(Boolean).join('\n\n')}\n`
}

type HtmlPartProps = { portal: MailPortal; content: MailContent }

function HtmlPart({ portal, content }: HtmlPartProps) {
  const { heading, greeting, blocks, items, facts, quote, button, note, unsubscribeUrl } = content
  return (
    <html lang="en">
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="supported-color-schemes" content="light dark" />
        <title>{heading}</title>
        <style>{styleSheet}</style>
      </head>
      <body className="page" style={styles.body}>
        <table
          role="presentation"
          width="100%"
          cellPadding={0}
          cellSpacing={0}
          className="page"
          style={styles.page}
        >
          <tbody>
            <tr>
              <td align="center" className="gutter" style={styles.gutter}>
                <div style={styles.column}>
                  <p className="ink" style={styles.brand}>
                    {portal.logo ? <Logo name={portal.name} logo={portal.logo} /> : portal.name}
                  </p>
                  <div className="card" style={styles.card}>
                    <h1 className="ink" style={styles.heading}>
                      {heading}
                    </h1>
                    {greeting && (
                      <p className="ink" style={styles.paragraph}>
                        {greeting}
                      </p>
                    )}
                    <Blocks blocks={blocks} />
                    {items && <Items items={items} />}
                    {facts && facts.length > 0 && <Facts facts={facts} />}
                    {quote && (
                      <div className="sunken" style={styles.quote}>
                        <p className="muted" style={styles.small}>
                          {quote.label}
                        </p>
                        <p className="ink" style={styles.quoted}>
                          {quote.text}
                        </p>
                      </div>
                    )}
                    {button && <ButtonLink portal={portal} button={button} />}
                    {note && (
                      <p className="muted" style={styles.note}>
                        {note}
                      </p>
                    )}
                  </div>
                  <p className="muted" style={styles.foot}>
                    Sent by{' '}
                    <a href={portal.origin} className="muted" style={styles.quietLink}>
                      {portal.name}
                    </a>
                    {unsubscribeUrl && (
                      <>
                        {' · '}
                        <a href={unsubscribeUrl} className="muted" style={styles.quietLink}>
                          Unsubscribe
                        </a>
                      </>
                    )}
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

/** On a plate that stays light: a dark logo would be lost on a dark page. */
function Logo({ name, logo }: { name: string; logo: NonNullable<MailPortal['logo']> }) {
  return <img src={logo.url} alt={name} width={logo.width} height={logo.height} style={styles.logo} />
}

type Item = NonNullable<MailContent['items']>[number]

function Items({ items }: { items: readonly Item[] }) {
  return (
    <table width="100%" cellPadding={0} cellSpacing={0} style={styles.facts}>
      {createElement('tbody', null, ...items.map(itemOf))}
    </table>
  )
}

function itemOf({ text, url }: Item) {
  return (
    <tr>
      <td className="ink line" style={styles.listed}>
        {text}
      </td>
      <td align="right" className="line" style={styles.open}>
        <a href={url} className="muted" style={styles.quietLink}>
          Open
        </a>
      </td>
    </tr>
  )
}

function Facts({ facts }: { facts: NonNullable<MailContent['facts']> }) {
  return (
    <table cellPadding={0} cellSpacing={0} style={styles.facts}>
      <tbody>
        {facts.map(([term, value]) => (
          <tr key={term}>
            <th scope="row" align="left" className="muted" style={styles.term}>
              {term}
            </th>
            <td className="ink" style={styles.value}>
              {value}
            </td>
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
        <a
          href={button.url}
          className="button"
          style={{ ...styles.button, background, color: readableOn(background) }}
        >
          {button.label}
        </a>
      </p>
      <p className="muted" style={styles.note}>
        If the button does not work, open this address:
        <br />
        <a href={button.url} className="muted" style={styles.address}>
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

/** White or black, whichever has more contrast on the color: at least 4.5:1 (WCAG 2.2, relative luminance). */
function readableOn(color: string): string {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const channel = Number.parseInt(color.slice(at, at + 2), 16) / 255
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4
  })
  const luminance = 0.2126 * red + 0.7152 * green + 0.0722 * blue
  return 1.05 / (luminance + 0.05) >= (luminance + 0.05) / 0.05 ? '#ffffff' : '#000000'
}
