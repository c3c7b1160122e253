// What people and documents write is shown without its teeth, wherever it enters.
import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import type { OperationDetail } from '~/domain/catalog/operation'
import { getGuidePage, getProductPage } from '~/domain/catalog/queries.server'
import { getApiReference } from '~/domain/catalog/queries-reference.server'
import { markdownTools } from '~/platform/markdown'
import { apiOperations, apis } from '~db/schema'
import { contextFor, db, visitor } from '~test/support/context'
import { documentedProduct, documentText } from '~test/support/documents'
import { timed } from '~test/support/timed'
import * as world from '~test/support/world'

const attacks = [
  '<script>alert(1)</script>',
  '<img src=x onerror=alert(1)>',
  '<svg onload=alert(1)><script>alert(1)</script></svg>',
  '<a href="javascript:alert(1)">x</a>',
  '[x](javascript:alert(1))',
  '[x](JaVaScRiPt:alert(1))',
  '[x](java\tscript:alert(1))',
  '[x](&#106;avascript:alert(1))',
  '[x](data:text/html,<script>alert(1)</script>)',
  '[x](vbscript:alert(1))',
  '![x](javascript:alert(1))',
  '![x](https://evil.example/pixel.png)',
  '<iframe src="https://evil.example"></iframe>',
  '<form action="https://evil.example"><input name="password"></form>',
  '<p style="position:fixed" onclick="alert(1)" class="x">hi</p>',
  '<math><mtext><style><img src=x onerror=alert(1)>',
  '<details ontoggle=alert(1) open>',
  '[x]: javascript:alert(1)\n\n[x]',
  '<javascript:alert(1)>',
  '`<script>alert(1)</script>`',
  '```html\n<script>alert(1)</script>\n```',
  '| a |\n| - |\n| <script>alert(1)</script> |',
  'a <b onmouseover=alert(1)>b</b> <script>alert(1)</script>',
  '<!-- --><script>alert(1)</script>',
  '&lt;script&gt;alert(1)&lt;/script&gt;',
  '<scr<script>ipt>alert(1)</scr</script>ipt>',
  '<base href="https://evil.example">',
  '<meta http-equiv="refresh" content="0;url=https://evil.example">',
]

/** Tags of the HTML, which is all that a browser acts on; text is escaped. */
function expectHarmless(html: string): void {
  const tags = html.match(/<[^>]*>/g) ?? []
  for (const tag of tags) {
    expect(tag).toMatch(
      /^<\/?(p|a|pre|code|strong|em|del|ul|ol|li|h[2-6]|blockquote|table|thead|tbody|tr|th|td|br|hr|sup|section)\b/,
    )
    expect(tag).not.toMatch(/\son\w+\s*=|style=|src=|srcdoc=|(javascript|data|vbscript):/i)
  }
}

test.each(attacks)('%j becomes harmless', (text) => {
  expectHarmless(markdownTools.render(text))
})

test('a guide, a description and every text of a document come out harmless', async () => {
  const all = attacks.join('\n\n')
  const document = documentText(
    {
      info: { title: 'Pets', version: '1', description: all },
      tags: [{ name: 'Pets', description: all }],
    },
    { description: all },
  )
  const catalog = await world.catalog()
  const product = await documentedProduct([catalog.id], { description: all, document })
  const ctx = contextFor(visitor)
  const { descriptionHtml } = await getProductPage(ctx, product.slug)
  const view = { group: null, search: '', from: 0 }
  const reference = await getApiReference(ctx, product.slug, 'main', view)
  const group = await getApiReference(ctx, product.slug, 'main', { ...view, group: 'pets' })
  const [operation] = await db
    .select({ detail: apiOperations.detail })
    .from(apiOperations)
    .innerJoin(apis, eq(apis.documentId, apiOperations.documentId))
    .where(eq(apis.id, product.apiId))
  for (const html of [
    descriptionHtml,
    reference.descriptionHtml,
    group.group?.descriptionHtml,
    (operation?.detail as OperationDetail | undefined)?.descriptionHtml,
  ]) {
    expect(html).toContain('alert(1)')
    expectHarmless(html ?? '')
  }
  const { guide } = await getGuidePage(ctx, product.slug, 'start')
  expect(guide?.bodyHtml).toBe('<p>Call <code>{{baseUrl}}/pets</code>.</p>')
})

test('what is meant well stays: structure, links, tables and code; headings stand below the page’s own', () => {
  const html = markdownTools.render(
    '# Title\n\nA [link](https://example.com/a?b=c) and [here](/catalogs).\n\n- one\n- **two**\n\n| a | b |\n| - | - |\n| 1 | 2 |\n\n```json\n{ "a": 1 }\n```\n',
  )
  expect(html).toContain('<h2>Title</h2>')
  expect(html).toContain('<a href="https://example.com/a?b=c">link</a>')
  expect(html).toContain('<a href="/catalogs">here</a>')
  expect(html).toContain('<li><strong>two</strong></li>')
  expect(html).toContain('<td>2</td>')
  expect(html).toContain('<code class="language-json">{ "a": 1 }')
  expect(html).toMatch(/<pre tabindex="0">/)
})

test('descriptions that are written in HTML keep their words', () => {
  expect(
    markdownTools.render('<p>Gets a <b>charge</b> &amp; more.</p><ul><li>One</li><li>Two</li></ul>'),
  ).toBe('<p>Gets a charge &#x26; more.</p>\n<p>One</p>\n<p>Two</p>')
  expect(markdownTools.render('Plain with <b>bold</b><br> words')).toBe('<p>Plain with bold words</p>')
  expect(markdownTools.render('<script>alert(1)</script>\n\n<style>a{}</style>\n\ntext')).toContain(
    '<p>text</p>',
  )
})

test.each([
  ['quotes in quotes', '>'.repeat(50_000)],
  ['quotes with spaces', '> '.repeat(20_000)],
  ['brackets', '['.repeat(50_000)],
  ['half links', '[a]('.repeat(20_000)],
  ['emphasis', '*a_b'.repeat(20_000)],
  ['half labels', '[a'.repeat(20_000) + ']'.repeat(20_000)],
  ['a table of 5,000 columns', `${'|a'.repeat(5000)}\n${'|-'.repeat(5000)}\n${'|x\n'.repeat(500)}`],
  ['lists in lists', Array.from({ length: 500 }, (_, at) => `${' '.repeat(at * 2)}- a`).join('\n')],
  ['marks behind a fence that does not close as it seems', `\`\`\`\n~~~\n\`\`\`\n${'*a_b'.repeat(20_000)}`],
])('%s are shown within a second', (_name, text) => {
  const { value, ms } = timed(() => markdownTools.render(text), 1000)
  expectHarmless(value)
  expect(ms).toBeLessThan(1000)
})

test('a long page with long code stays Markdown', () => {
  const page = `## Steps\n\n${'A *word* and `code`.\n\n'.repeat(3000)}\`\`\`json\n${'{"a": [1, "*", "_"]}\n'.repeat(3000)}\`\`\`\n\n**end**`
  const html = markdownTools.render(page)
  expect(html).toContain('<h2>Steps</h2>')
  expect(html).toContain('<strong>end</strong>')
})

test.each([
  ['# One\n\n## Two\n\n# Three', 'h2 h3 h2'],
  ['## Two\n\n### Three\n\n## Two', 'h2 h3 h2'],
  ['#### Four\n\n###### Six', 'h2 h3'],
  ['### Three\n\n# One\n\n#### Four', 'h2 h2 h3'],
  ['no heading', ''],
])('the headings of %j are %s: they begin below the page’s own and skip no level', (text, levels) => {
  const found = markdownTools.render(text).matchAll(/<(h\d)>/g)
  expect([...found].map(([, level]) => level).join(' ')).toBe(levels)
})
