import { eq } from 'drizzle-orm'
import { beforeEach, expect, test } from 'vitest'
import type { AdminActor } from '~/domain/kernel/actor'
import { mailPortalOf } from '~/domain/notifications/mail-portal'
import { readableAccent, setAccentColorInput, visibleCorrection } from '~/domain/settings/accent'
import { editHomePage } from '~/domain/settings/edit-home-page.server'
import { editHomePageInput } from '~/domain/settings/home-page'
import { fitWithin, type PortalLogo, readPortalLogo } from '~/domain/settings/logo'
import { getHomeText, getPortalLogo, getSettings } from '~/domain/settings/queries.server'
import { setAccentColor } from '~/domain/settings/set-accent-color.server'
import { setPortalLogo } from '~/domain/settings/set-portal-logo.server'
import { events, portalLogos, settings } from '~db/schema'
import { contextFor, db } from '~test/support/context'
import { pngOf, smallPictures } from '~test/support/pictures'
import * as world from '~test/support/world'

let admin: AdminActor
beforeEach(async () => {
  admin = await world.admin()
})

function logo(width: number, height: number): PortalLogo {
  const read = readPortalLogo(pngOf(width, height))
  if (!read.ok) throw new Error(read.error.message)
  return read.value
}

async function changes() {
  return (await db.select().from(events).where(eq(events.type, 'settings.changed')).orderBy(events.id)).map(
    ({ data }) => data,
  )
}

test('a logo is set, replaced and taken away, each with an event from what to what; the same again changes nothing', async () => {
  const ctx = contextFor(admin)
  expect(await setPortalLogo(ctx, null)).toEqual({ ok: true, value: { changed: false } })
  expect(await setPortalLogo(ctx, logo(640, 160))).toEqual({ ok: true, value: { changed: true } })
  const first = await getSettings({ db })
  expect(first).toMatchObject({ logoWidth: 640, logoHeight: 160 })
  expect(first.logoFile).toMatch(/^[0-9a-f]{32}\.png$/)
  expect(await setPortalLogo(ctx, logo(640, 160))).toEqual({ ok: true, value: { changed: false } })
  const read = readPortalLogo(smallPictures.extendedWebp)
  if (!read.ok) throw new Error('not read')
  await setPortalLogo(ctx, read.value)
  const second = await getSettings({ db })
  expect(second.logoFile).toMatch(/\.webp$/)
  expect(await getPortalLogo({ db })).toEqual({
    file: second.logoFile,
    contentType: 'image/webp',
    bytes: smallPictures.extendedWebp,
  })
  await setPortalLogo(ctx, null)
  expect(await getSettings({ db })).toMatchObject({ logoFile: null, logoWidth: null, logoHeight: null })
  expect(await db.select().from(portalLogos)).toEqual([])
  const [was, is] = [`640 × 160 pixels, ${first.logoFile}`, `6 × 4 pixels, ${second.logoFile}`]
  expect(await changes()).toEqual([
    { changed: ['Logo'], logo: was, logoBefore: null },
    { changed: ['Logo'], logo: is, logoBefore: was },
    { changed: ['Logo'], logo: null, logoBefore: is },
  ])
  expect(ctx.announced).toHaveLength(3)
})

test('of forty who set four logos at once, each change has one event, the chain has no gap, and bytes and name agree', async () => {
  const before = (await changes()).length
  const answers = await Promise.all(
    Array.from({ length: 40 }, (_, n) =>
      setPortalLogo(contextFor(admin), logo(100 + Math.floor(n / 10), 50)),
    ),
  )
  const written = (await changes()).slice(before)
  expect(written).toHaveLength(answers.filter((answer) => answer.ok && answer.value.changed).length)
  expect(written.length).toBeGreaterThan(0)
  // Events of one millisecond have no order of their own: each is followed by the one that was before it.
  const count = (list: unknown[], one: unknown) => list.filter((other) => other === one).length
  const [to, from] = [written.map((data) => data['logo']), written.map((data) => data['logoBefore'])]
  const { file, bytes } = await getPortalLogo({ db })
  const now = await getSettings({ db })
  expect(now.logoFile).toBe(file)
  expect(bytes).toEqual(logo(now.logoWidth ?? 0, now.logoHeight ?? 0).bytes)
  const last = `${now.logoWidth} × 50 pixels, ${file}`
  for (const one of new Set([...to, ...from]))
    expect(count(to, one) - count(from, one)).toBe((one === last ? 1 : 0) - (one === null ? 1 : 0))
  await setPortalLogo(contextFor(admin), null)
})

test('colors are taken as people write them, and what is none is refused', () => {
  const parsed = (accentColor?: string) => setAccentColorInput.safeParse({ accentColor })
  for (const [typed, color] of [
    ['#0F766E', '#0f766e'],
    [' 0f766e ', '#0f766e'],
    ['#fa0', '#ffaa00'],
    ['', null],
    [undefined, null],
  ] as const)
    expect(parsed(typed).data).toEqual({ accentColor: color })
  for (const typed of [
    'teal',
    '#12345',
    '#1234567',
    'red;background:url(//evil.example)',
    '#ggg',
    'x'.repeat(300),
  ]) {
    const { success, error } = parsed(typed)
    expect(success, typed).toBe(false)
    expect(error?.issues[0]?.message).toContain('such as #0f766e')
  }
})

test('an accent color is set and given up, with an event from what to what; of forty who set one at once, one changes it', async () => {
  const before = (await changes()).length
  const answers = await Promise.all(
    Array.from({ length: 40 }, () => setAccentColor(contextFor(admin), { accentColor: '#0f766e' })),
  )
  expect(answers.filter((answer) => answer.ok && answer.value.changed)).toHaveLength(1)
  expect((await getSettings({ db })).accentColor).toBe('#0f766e')
  await setAccentColor(contextFor(admin), { accentColor: null })
  expect((await changes()).slice(before)).toEqual([
    { changed: ['Accent color'], accentColor: '#0f766e', accentColorBefore: null },
    { changed: ['Accent color'], accentColor: null, accentColorBefore: '#0f766e' },
  ])
})

/** WCAG 2.2, relative luminance. */
function whiteOn(color: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const channel = Number.parseInt(color.slice(at, at + 2), 16) / 255
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4
  })
  return 1.05 / (0.2126 * r + 0.7152 * g + 0.0722 * b + 0.05)
}

test('white words have 4.5:1 on every color of a cube of 17 steps a side; colors that need no correction stay', () => {
  const steps = Array.from({ length: 17 }, (_, step) =>
    Math.min(255, step * 16)
      .toString(16)
      .padStart(2, '0'),
  )
  const unreadable = steps
    .flatMap((r) => steps.flatMap((g) => steps.map((b) => `#${r}${g}${b}`)))
    .filter((color) => whiteOn(readableAccent(color)) < 4.5)
  expect(unreadable).toEqual([])
  for (const color of ['#0e7068', '#b91c1c', '#334155']) expect(readableAccent(color)).toBe(color)
  expect(readableAccent('#0f766e')).toBe('#0e766e')
  expect(visibleCorrection('#0f766e')).toBeNull()
  expect(visibleCorrection('#ffee00')).toBe('#7b6700')
})

test('the text of the home page is rendered without what could run, its event holds both texts, and it may be empty', async () => {
  const before = (await changes()).length
  const [row] = await db.select().from(settings)
  const body = '# Hello\n\n**APIs** <script>alert(1)</script> [here](javascript:alert(1))'
  const ctx = contextFor(admin)
  const { version } = await getHomeText({ db })
  expect(await editHomePage(ctx, { body, version })).toEqual({ ok: true, value: { changed: true } })
  expect(await editHomePage(ctx, { body, version })).toEqual({ ok: true, value: { changed: false } })
  const [now] = await db.select().from(settings)
  expect(now?.homeMarkdown).toBe(body)
  expect(now?.homeHtml).toContain('<h2>Hello</h2>')
  expect(now?.homeHtml).not.toMatch(/<script|javascript:/)
  await editHomePage(ctx, editHomePageInput.parse({ version: String(version + 1) }))
  expect((await db.select().from(settings))[0]?.homeHtml).toBe('')
  expect((await changes()).slice(before)).toEqual([
    { changed: ['Home page text'], homePageText: body, homePageTextBefore: row?.homeMarkdown },
    { changed: ['Home page text'], homePageText: '', homePageTextBefore: body },
  ])
  expect(editHomePageInput.safeParse({ body: 'x'.repeat(10_001) }).success).toBe(false)
  await world.setSettings({ homeMarkdown: row?.homeMarkdown ?? '', homeHtml: row?.homeHtml ?? '' })
})

test('of forty who change the text of the home page at once one does, and the others are told', async () => {
  const before = (await changes()).length
  const [row] = await db.select().from(settings)
  const { version } = await getHomeText({ db })
  const results = await Promise.all(
    Array.from({ length: 40 }, (_, at) => editHomePage(contextFor(admin), { body: `Text ${at}`, version })),
  )
  expect(results.filter(({ ok }) => ok)).toHaveLength(1)
  for (const result of results) if (!result.ok) expect(result.error.code).toBe('conflict')
  const kept = `Text ${results.findIndex(({ ok }) => ok)}`
  expect(await getHomeText({ db })).toEqual({ text: kept, version: version + 1 })
  expect((await changes()).length).toBe(before + 1)
  await world.setSettings({ homeMarkdown: row?.homeMarkdown ?? '', homeHtml: row?.homeHtml ?? '' })
})

test('what every page reads of the settings holds neither the bytes of a logo nor the text of the home page', async () => {
  await setPortalLogo(contextFor(admin), logo(200, 50))
  const now = await getSettings({ db })
  expect(Object.keys(now)).not.toContain('homeHtml')
  expect(JSON.stringify(now).length).toBeLessThan(1000)
  await setPortalLogo(contextFor(admin), null)
})

test('a mail gets the logo at the configured origin, in its shape within 200 by 40 pixels, and the color of the buttons', async () => {
  const now = await getSettings({ db })
  const portal = (changed: Partial<typeof now>) => mailPortalOf({ ...now, ...changed }, 'https://portal.test')
  expect(portal({}).logo).toBeNull()
  expect(portal({ logoFile: 'a.png', logoWidth: 1200, logoHeight: 120 }).logo).toEqual({
    url: 'https://portal.test/logo/a.png',
    width: 200,
    height: 20,
  })
  expect(portal({ accentColor: '#ffee00' }).accentColor).toBe('#7b6700')
  expect(portal({ accentColor: null }).accentColor).toBeNull()
  expect(fitWithin({ width: 64, height: 512 }, { width: 200, height: 40 })).toEqual({ width: 5, height: 40 })
  expect(fitWithin({ width: 16, height: 16 }, { width: 200, height: 40 })).toEqual({ width: 16, height: 16 })
  expect(fitWithin({ width: 2000, height: 1 }, { width: 200, height: 40 })).toEqual({ width: 200, height: 1 })
})
