import { desc, eq } from 'drizzle-orm'
import { beforeAll, expect, test } from 'vitest'
import type { AdminActor } from '~/domain/kernel/actor'
import { paths } from '~/platform/paths'
import { events, outboxMails, settings } from '~db/schema'
import { db } from '~test/support/context'
import { deliver, eventOf } from '~test/support/notifications'
import { pngOf, smallPictures } from '~test/support/pictures'
import { origin, Portal, signedIn } from '~test/support/portal'
import * as world from '~test/support/world'

let admin: AdminActor
let portal: Portal
beforeAll(async () => {
  admin = await world.admin()
  portal = await signedIn(admin)
})

const { logo: logoPage, removeLogo, accentColor, homePage } = paths.admin

function upload(content: BlobPart, name = 'logo.png', type = 'image/png'): Promise<Response> {
  const body = new FormData()
  body.append('logo', new File([content], name, { type }))
  return portal.request(logoPage, {
    method: 'POST',
    body,
    headers: { origin, 'sec-fetch-site': 'same-origin' },
  })
}

async function stored() {
  return (await db.select().from(settings))[0]
}

/** The addresses of all pictures of a page. */
function picturesIn(html: string): string[] {
  return [...html.matchAll(/<img[^>]* src="([^"]*)"/g)].map((match) => match[1] ?? '')
}

test('without a logo its address is not found, and pages and mails begin with the name', async () => {
  const missing = await new Portal().request(paths.logo('0123456789abcdef.png'))
  expect(missing.status).toBe(404)
  expect(missing.headers.get('cache-control')).toBe('no-store')
  expect(picturesIn((await new Portal().get(paths.home)).html)).toEqual([])
  const preview = await portal.request(paths.admin.previewEmail('welcome'))
  expect(picturesIn(await preview.text())).toEqual([])
})

test('a file that is no picture for mails, or a broken or huge one, is refused with what to do, and nothing is stored', async () => {
  const svg = '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
  for (const [content, says] of [
    [svg, 'an SVG can be exported as PNG'],
    [svg.replace(/<script.*script>/, ''), 'an SVG can be exported as PNG'],
    ['<html><script>alert(1)</script></html>', 'Use PNG, JPEG or WebP'],
    ['GIF89a', 'Use PNG, JPEG or WebP'],
    ['', 'Choose a file.'],
    [smallPictures.jpeg.slice(0, -2), 'broken or cut off'],
    [smallPictures.lossyWebp.slice(0, 40), 'broken or cut off'],
    [pngOf(2001, 10), 'at most 2,000 pixels wide and high'],
  ] as const) {
    const answer = await upload(content)
    expect(answer.status, says).toBe(422)
    expect(await answer.text()).toContain(says)
  }
  const large = await upload(pngOf(10, 10, new Uint8Array(256 * 1024)))
  expect(large.status).toBe(413)
  expect(await large.text()).toContain('A logo has at most 256 KB')
  expect((await portal.post(logoPage)).status).toBe(422)
  expect((await stored())?.logoFile).toBeNull()
})

test('a logo is what its bytes are; it stands on every page, at an address that everyone may keep for a year', async () => {
  expect((await upload(smallPictures.jpeg, 'logo.svg', 'image/svg+xml')).status).toBe(303)
  expect(portal.notice()).toBe('The logo is saved')
  const address = paths.logo((await stored())?.logoFile ?? '')
  expect(address).toMatch(/\.jpeg$/)
  const visitor = new Portal()
  for (const html of [
    (await visitor.get(paths.home)).html,
    (await visitor.get(paths.auth.login())).html,
    (await portal.get(paths.admin.home)).html,
    (await portal.get(paths.admin.settings)).html,
    (await portal.get(logoPage)).html,
  ])
    expect(picturesIn(html)).toContain(address)
  const answer = await visitor.request(address)
  expect(new Uint8Array(await answer.arrayBuffer())).toEqual(smallPictures.jpeg)
  expect(Object.fromEntries(answer.headers)).toMatchObject({
    'content-type': 'image/jpeg',
    'content-disposition': 'inline; filename="logo.jpeg"',
    'content-security-policy': "default-src 'none'; sandbox",
    'x-content-type-options': 'nosniff',
    'cross-origin-resource-policy': 'cross-origin',
    'cache-control': 'public, max-age=31536000, immutable',
  })
  expect(answer.headers.get('server-timing')).toMatch(/"[12] trips"/)
  // Kept by caches that many share, so it never hands out a cookie.
  expect((await portal.request(address)).headers.get('set-cookie')).toBeNull()
})

test('a lettering stands alone and says the name; any other logo stands beside it and says nothing', async () => {
  await upload(pngOf(400, 100))
  const wide = (await new Portal().get(paths.auth.login())).html
  expect(wide).toMatch(/<img[^>]* alt="Developer portal"/)
  expect(wide).toMatch(/<img[^>]* width="400" height="100"/)
  expect(wide).not.toContain('<span class="truncate">Developer portal</span>')
  await upload(pngOf(100, 100))
  const square = (await new Portal().get(paths.auth.login())).html
  expect(square).toMatch(/<img[^>]* alt=""/)
  expect(square).toContain('<span class="truncate">Developer portal</span>')
})

test.each(['private', 'hidden'] as const)(
  'the logo of a %s portal is there for its log-in page and its mails',
  async (visibility) => {
    await world.setSettings({ visibility })
    const visitor = new Portal()
    const address = paths.logo((await stored())?.logoFile ?? '')
    expect((await visitor.request(paths.home)).status).toBe(303)
    expect((await visitor.request(address)).status).toBe(200)
    expect(picturesIn((await visitor.get(paths.auth.login())).html)).toContain(address)
    await world.setSettings({ visibility: 'public' })
  },
)

test('the address of an older logo shows the one of today, for a while', async () => {
  const older = paths.logo((await stored())?.logoFile ?? '')
  await upload(smallPictures.losslessWebp)
  const answer = await new Portal().request(older)
  expect(answer.headers.get('content-type')).toBe('image/webp')
  expect(answer.headers.get('cache-control')).toBe('public, max-age=300')
  await answer.body?.cancel()
})

test('mails show the logo at the configured origin, whatever host was asked, and their preview may load it', async () => {
  const address = `${origin}${paths.logo((await stored())?.logoFile ?? '')}`
  const preview = await portal.request(`https://evil.example${paths.admin.previewEmail('welcome')}`)
  expect(preview.headers.get('content-security-policy')).toContain("img-src 'self'")
  const html = await preview.text()
  expect(picturesIn(html)).toEqual([address])
  expect(html).not.toContain('evil.example')
  const boss = await world.superAdmin()
  const eventId = await eventOf({
    type: 'user.activated',
    subjectType: 'user',
    subjectId: boss.userId,
    data: { name: boss.name },
  })
  await deliver(eventId)
  const [mail] = await db
    .select()
    .from(outboxMails)
    .where(eq(outboxMails.recipient, boss.email))
    .orderBy(desc(outboxMails.createdAt))
  expect(picturesIn(mail?.html ?? '')).toEqual([address])
  expect(mail?.html).toContain('alt="Developer portal" width="6" height="4"')
  expect(mail?.text).not.toContain('/logo/')
  const page = await portal.request(`${paths.dev.mail(mail?.id ?? '')}/html`)
  expect(page.headers.get('content-security-policy')).toContain("img-src 'self'")
  await page.body?.cancel()
})

test('a removed logo is gone, and removing it again says so', async () => {
  expect((await portal.post(removeLogo)).status).toBe(303)
  expect(portal.notice()).toBe('The logo is removed')
  await portal.post(removeLogo)
  expect(portal.notice()).toBe('There is no logo')
  expect((await new Portal().request(paths.logo('any.png'))).status).toBe(404)
  expect((await portal.get(logoPage)).html).not.toContain('Remove logo')
})

test('an accent color reaches the style sheet; what is none is kept as it was typed, and one that is too light is told', async () => {
  const bad = await portal.post(accentColor, { accentColor: 'teal;}body{display:none' })
  expect(bad.status).toBe(422)
  const refused = await bad.text()
  expect(refused).toContain('Enter a color as “#” and six digits')
  expect(refused).toContain('value="teal;}body{display:none"')
  expect(refused).not.toContain('--accent-seed')
  expect((await portal.post(accentColor, { accentColor: 'FFEE00' })).status).toBe(303)
  expect(portal.notice()).toBe('The accent color is saved. Buttons show it as #7b6700.')
  expect((await new Portal().get(paths.home)).html).toMatch(
    /<style nonce="[^"]+">:root\{--accent-seed:#ffee00\}<\/style>/,
  )
  const page = (await portal.get(accentColor)).html
  expect(page).toContain('value="#ffee00"')
  expect(page).toContain('Buttons show #ffee00 as #7b6700')
  expect(await (await portal.request(paths.admin.previewEmail('welcome'))).text()).toContain(
    'background:#7b6700',
  )
  await portal.post(accentColor, { accentColor: '' })
  expect((await stored())?.accentColor).toBeNull()
  expect((await portal.get(accentColor)).html).not.toContain('Buttons show #')
})

test('the text of the home page is saved, shown there, and kept when it is too long; without one there is the name alone', async () => {
  const before = await stored()
  const version = async () =>
    /name="version" value="(\d+)"/.exec((await portal.get(homePage)).html)?.[1] ?? 'none'
  const long = await portal.post(homePage, { body: `Typed ${'x'.repeat(10_000)}` })
  expect(long.status).toBe(422)
  const html = await long.text()
  expect(html).toContain('The text can have at most 10000 characters.')
  expect(html).toContain('Typed xxx')
  const shown = await version()
  const body = 'APIs for **lockers** <img src=x onerror=alert(1)>'
  expect((await portal.post(homePage, { body, version: shown })).status).toBe(303)
  // Who had the form open meanwhile undoes nothing, and keeps what was typed.
  const late = await portal.post(homePage, { body: 'Typed by another admin', version: shown })
  expect(late.status).toBe(409)
  const conflict = await late.text()
  expect(conflict).toContain('Somebody else has changed this text meanwhile.')
  expect(conflict).toContain('Typed by another admin')
  expect(conflict).toContain(`name="version" value="${shown}"`)
  const home = (await new Portal().get(paths.home)).html
  expect(home).toContain('APIs for <strong>lockers</strong>')
  expect(home).not.toContain('onerror')
  expect((await portal.get(homePage)).html).toContain('APIs for **lockers**')
  expect((await portal.get(paths.admin.settings)).html).toContain('APIs for **lockers**')
  const preview = await portal.post(paths.admin.markdownPreview, {
    body: '**Bold** <script>alert(1)</script>',
  })
  expect(await preview.text()).toContain('<strong>Bold</strong>')
  await portal.post(homePage, { body: '', version: await version() })
  expect((await new Portal().get(paths.home)).html).not.toContain('prose')
  await world.setSettings({ homeMarkdown: before?.homeMarkdown ?? '', homeHtml: before?.homeHtml ?? '' })
})

test('what was changed stands in the audit log, from what to what', async () => {
  const [event] = await db
    .select({ id: events.id })
    .from(events)
    .where(eq(events.type, 'settings.changed'))
    .orderBy(events.id)
  const { html } = await portal.get(paths.admin.auditEvent(event?.id ?? ''))
  expect(html).toMatch(/6 × 4 pixels, [0-9a-f]{32}\.jpeg/)
  expect(html).toContain('none')
})
