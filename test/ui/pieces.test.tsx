import { X } from 'lucide-react'
import { renderToStaticMarkup } from 'react-dom/server'
import { expect, test } from 'vitest'
import { formatNumber } from '~/domain/kernel/number'
import { initials } from '~/ui/avatar'
import { Badge } from '~/ui/badge'
import { BarChart, niceCeiling } from '~/ui/bar-chart'
import { Button, IconButton } from '~/ui/button'
import { Callout } from '~/ui/callout'
import { CodeBlock } from '~/ui/code-block'
import { DataTable } from '~/ui/data-table'
import { SecretField } from '~/ui/secret-field'
import { currentItem } from '~/ui/shell/current'
import { Toast } from '~/ui/toast'
import { UsageBar } from '~/ui/usage-bar'

test('a badge says its state in a word; its dot is drawn, not written', () => {
  const html = renderToStaticMarkup(
    <Badge tone="red" dot>
      Revoked
    </Badge>,
  )
  expect(html).toMatch(/^<span class="badge [^"]*badge-dot">Revoked<\/span>$/)
})

test('a callout has an icon beside its color', () => {
  expect(renderToStaticMarkup(<Callout tone="amber" title="Pending" />)).toContain('<svg')
})

test('a button does not send a form unless it says so', () => {
  expect(renderToStaticMarkup(<Button>Cancel</Button>)).toContain('type="button"')
  expect(renderToStaticMarkup(<Button type="submit">Save</Button>)).toContain('type="submit"')
})

test('a waiting button says that it is busy and keeps its words for its width', () => {
  const html = renderToStaticMarkup(<Button pending>Save</Button>)
  expect(html).toContain('aria-busy="true"')
  expect(html).toContain('aria-disabled="true"')
  expect(html).toContain('Save')
})

test('a button of an icon alone has a name', () => {
  expect(renderToStaticMarkup(<IconButton icon={X} label="Remove Payments" />)).toContain(
    'aria-label="Remove Payments"',
  )
})

test('good news is a status and bad news an alert', () => {
  expect(renderToStaticMarkup(<Toast kind="success">Saved</Toast>)).toContain('role="status"')
  expect(renderToStaticMarkup(<Toast kind="error">Not saved</Toast>)).toContain('role="alert"')
})

test('a masked secret shows the form that reveals it, a shown one does not', () => {
  const form = <button type="submit">Reveal</button>
  const masked = renderToStaticMarkup(
    <SecretField label="API key" masked="prt_••••" secret={null} revealForm={form} />,
  )
  expect(masked).toContain('prt_••••')
  expect(masked).toContain('Reveal')
  const shown = renderToStaticMarkup(
    <SecretField label="API key" masked="prt_••••" secret="prt_live_x" revealForm={form} />,
  )
  expect(shown).toContain('prt_live_x')
  expect(shown).not.toContain('Reveal')
})

test('code that scrolls can be reached by keyboard', () => {
  expect(renderToStaticMarkup(<CodeBlock label="First call" code="curl" />)).toContain('<pre tabindex="0"')
})

test('usage near and at its limit is said in words', () => {
  expect(renderToStaticMarkup(<UsageBar label="Today" value={800} max={1000} />)).toContain(
    'Close to the limit',
  )
  expect(renderToStaticMarkup(<UsageBar label="Today" value={1200} max={1000} />)).toContain('Limit reached')
  expect(renderToStaticMarkup(<UsageBar label="Today" value={1200} max={null} />)).toContain(
    '1,200, no limit',
  )
})

test('a chart has a table behind it with every value', () => {
  const series = [
    { label: '1 Mar', value: 10, errors: 1 },
    { label: '2 Mar', value: 1234 },
  ]
  const html = renderToStaticMarkup(<BarChart title="Calls" valueLabel="Calls" series={series} />)
  expect(html).toContain('<caption>Calls</caption>')
  expect(html).toContain('<th scope="row">2 Mar</th><td>1,234</td><td>0</td>')
})

test('an empty chart still draws', () => {
  expect(renderToStaticMarkup(<BarChart title="Calls" valueLabel="Calls" series={[]} />)).toContain('<svg')
  expect([0, 7, 130, 5_000].map(niceCeiling)).toEqual([5, 10, 200, 5_000])
})

test('a table has a caption, and boxes that carry the key of their row', () => {
  const html = renderToStaticMarkup(
    <DataTable
      caption="Users"
      rows={[{ id: 'usr_1', name: 'Ada' }]}
      rowKey={(row) => row.id}
      columns={[{ key: 'name', header: 'Name', cell: (row) => row.name, sorted: 'asc' }]}
      selectName="user"
      selectForm="bulk"
      selectLabel={(row) => row.name}
      empty={null}
    />,
  )
  expect(html).toContain('<caption class="sr-only">Users</caption>')
  expect(html).toContain('aria-sort="ascending"')
  expect(html).toMatch(/name="user"[^>]*value="usr_1"|value="usr_1"[^>]*name="user"/)
  expect(html).toContain('form="bulk"')
  expect(html).toContain('aria-label="Select Ada"')
})

test('an empty table is what its page says instead', () => {
  const html = renderToStaticMarkup(
    <DataTable caption="Users" rows={[]} rowKey={() => ''} columns={[]} empty="Nobody yet" />,
  )
  expect(html).toContain('Nobody yet')
  expect(html).not.toContain('<table')
})

test('the longest address that leads to a page is the current item, and a home is so at its own address only', () => {
  const menu = ['/admin', '/admin/users', '/admin/settings', '/admin/settings/emails']
  expect(currentItem(menu, '/admin')).toBe('/admin')
  expect(currentItem(menu, '/admin/users/usr_1')).toBe('/admin/users')
  expect(currentItem(menu, '/admin/settings/emails')).toBe('/admin/settings/emails')
  expect(currentItem(menu, '/admin/settings/look')).toBe('/admin/settings')
  expect(currentItem(menu, '/admin/nothing')).toBeNull()
  expect(currentItem(['/admin/profile'], '/admin/profile/email')).toBe('/admin/profile')
  expect(currentItem(['/cart'], '/cartography')).toBeNull()
})

test('numbers and initials read the same everywhere', () => {
  expect(formatNumber(1482003)).toBe('1,482,003')
  expect(formatNumber(1234.5678)).toBe('1,234.5678')
  expect(initials('Ada King Lovelace')).toBe('AL')
  expect(initials('ada@northwind.example')).toBe('AE')
  expect(initials('')).toBe('')
})
