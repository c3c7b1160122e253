// What a document says of a field: a little Markdown is shown as such, and nothing in it runs.
import { renderToStaticMarkup } from 'react-dom/server'
import { expect, test } from 'vitest'
import { ShortText } from '~/ui/catalog/short-text'

const shown = (text: string) => renderToStaticMarkup(<ShortText>{text}</ShortText>)

test('code, bold words and links to the web are shown as such', () => {
  expect(shown('Needed when `confirm` is **true**; see [the guide](https://example.com/a?b=1).')).toBe(
    'Needed when <code>confirm</code> is <strong class="font-semibold">true</strong>; see ' +
      '<a href="https://example.com/a?b=1" rel="noreferrer nofollow" class="text-accent-ink underline">the guide</a>.',
  )
  expect(shown('`**not bold**` and 2 * 3 * 4')).toBe('<code>**not bold**</code> and 2 * 3 * 4')
})

test.each([
  ['[x](javascript:alert(1))', /href/],
  ['[x](data:text/html,<script>)', /href|<script/],
  ['[x](/admin)', /href/],
  ['[x](https://a.example/"onmouseover="alert(1))', / onmouseover=|"onmouseover/],
  ['`<img src=x onerror=alert(1)>`', /<img/],
  ['**<svg onload=alert(1)>**', /<svg/],
])('%s runs nothing and leads nowhere inside', (text, bad) => {
  expect(shown(text)).not.toMatch(bad)
})
