import { env } from 'cloudflare:workers'
import { eq } from 'drizzle-orm'
import { beforeAll, expect, test } from 'vitest'
import { sealUnsubscribe } from '~/domain/accounts/unsubscribe-link'
import type { MailMessage } from '~/domain/notifications/mail'
import { mailTools } from '~/platform/mailer'
import { paths } from '~/platform/paths'
import { users } from '~db/schema'
import { contextFor, db, system } from '~test/support/context'
import { deliver, deliveriesOf, eventOf, mailsOf } from '~test/support/notifications'
import { askWorker, origin, Portal } from '~test/support/portal'
import * as world from '~test/support/world'

let person: Awaited<ReturnType<typeof world.developer>>
beforeAll(async () => {
  person = await world.developer()
})

async function eventAbout(type: 'credential.expiring' | 'credential.leaked') {
  const app = await world.app(person)
  return eventOf({
    type,
    subjectType: 'credential',
    subjectId: 'crd_1',
    appId: app.id,
    organizationId: person.organizationId,
    data: { app: app.name, credential: 'Key' },
  })
}

async function mailOf(type: 'credential.expiring' | 'credential.leaked') {
  const eventId = await eventAbout(type)
  await deliver(eventId)
  return (await mailsOf(eventId))[0]
}

const linkIn = (text = '') => /https:\/\/\S+\/unsubscribe\?token=\S+/.exec(text)?.[0] ?? ''
const choices = async () => (await db.select().from(users).where(eq(users.id, person.userId)))[0]

function press(link: string, body = 'List-Unsubscribe=One-Click', headers: Record<string, string> = {}) {
  return askWorker(link, {
    method: 'POST',
    body,
    headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
  })
}

test('a mail that one can do without has a link that changes nothing when it is opened, and ends such mails by one press', async () => {
  const link = linkIn((await mailOf('credential.expiring'))?.text)
  const opened = await new Portal().get(link.slice(origin.length))
  expect(opened.status).toBe(200)
  expect(opened.html).toContain('Keys that expire, and quotas that run out')
  expect(opened.response.headers.get('referrer-policy')).toBe('no-referrer')
  expect(await choices()).toMatchObject({ notifyExpiry: true, notifyRequests: true })

  expect((await press(link, 'anything')).status).toBe(400)
  // From a page of another site it is a form like any other.
  expect((await press(link, undefined, { origin: 'https://evil.example' })).status).toBe(403)
  expect(await choices()).toMatchObject({ notifyExpiry: true })
  for (let times = 0; times < 2; times += 1) expect((await press(link)).status).toBe(200)
  expect(await choices()).toMatchObject({ notifyExpiry: false, notifyRequests: true })
  expect(await mailOf('credential.expiring')).toBeUndefined()
  expect(linkIn((await mailOf('credential.leaked'))?.text)).toBe('')
})

test('the page does it too, for a digest with all that it holds; a link of nobody says so, and one of an account that is gone does not', async () => {
  const ctx = contextFor(system)
  await db
    .update(users)
    .set({ notifyExpiry: true, dailyMails: ['notifyExpiry', 'notifyRequests'] })
    .where(eq(users.id, person.userId))
  const token = await sealUnsubscribe(ctx, { userId: person.userId, choice: 'all' })
  const done = await new Portal().post(`${paths.unsubscribe}?token=${token}`)
  expect(done.headers.get('location')).toBe(`${paths.unsubscribe}?done`)
  expect(await choices()).toMatchObject({ notifyExpiry: false, notifyRequests: false })
  const sealedForElse = await ctx.vault.seal(
    JSON.stringify({ userId: person.userId, choice: 'all' }),
    'other',
  )
  for (const wrong of ['', 'x', `${token.slice(0, -3)}AAA`, sealedForElse]) {
    expect((await press(`${origin}${paths.unsubscribe}?token=${wrong}`)).status).toBe(410)
    expect((await new Portal().get(`${paths.unsubscribe}?token=${wrong}`)).html).toContain('cannot be used')
  }
  const gone = await sealUnsubscribe(ctx, { userId: 'usr_01J0000000000000000000GONE', choice: 'all' })
  expect((await press(`${origin}${paths.unsubscribe}?token=${gone}`)).status).toBe(200)
})

type Taken = { headers: Record<string, string> }

test.each(['mailchannels', 'cloudflare'])(
  'through %s a mail that one can do without has the headers of RFC 8058, and one that is needed has neither',
  async (transport) => {
    await db.update(users).set({ notifyExpiry: true }).where(eq(users.id, person.userId))
    const throughBinding: Taken[] = []
    const through = {
      ...env,
      MAIL_TRANSPORT: transport,
      MAILCHANNELS_API_KEY: 'mailchannels-key-canary',
      EMAIL: { send: async (one: Taken) => throughBinding.push(one) },
    }
    const headersOf = async (type: 'credential.expiring' | 'credential.leaked') => {
      const eventId = await eventAbout(type)
      await deliver(eventId, { env: through })
      const [{ id } = { id: 'dlv_none' }] = await deliveriesOf(eventId)
      const accepted = await fetch(`https://api.mailchannels.net/accepted/${id}`)
      const [taken, ...more] =
        transport === 'cloudflare' ? throughBinding.splice(0) : await accepted.json<Taken[]>()
      expect([taken?.headers['X-Portico-Delivery'], more]).toEqual([id, []])
      return taken?.headers ?? {}
    }
    const headers = await headersOf('credential.expiring')
    expect(headers['List-Unsubscribe-Post']).toBe('List-Unsubscribe=One-Click')
    const [, link = ''] = /^<(https:\/\/\S+)>$/.exec(headers['List-Unsubscribe'] ?? '') ?? []
    expect((await press(link)).status).toBe(200)
    expect(await choices()).toMatchObject({ notifyExpiry: false })
    expect(Object.keys(await headersOf('credential.leaked'))).toEqual(['X-Portico-Delivery'])
  },
)

test('a link to unsubscribe never begins another header', async () => {
  const message: MailMessage = {
    deliveryId: 'dlv_1',
    to: 'ada@people.example',
    fromName: 'Portal',
    subject: 'Hello',
    html: '<p>Hello</p>',
    text: 'Hello',
    unsubscribeUrl: 'https://x.example/\r\nBcc: eve@evil.example',
  }
  expect((await mailTools(env).send(message)).outcome).toBe('permanent')
})
