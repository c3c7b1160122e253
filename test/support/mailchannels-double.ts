// MailChannels as the tests meet it: a request that is not as its API documents it is refused, and the recipient's address
// says what the provider does, as in `status-500.x@…`. It runs in Node, behind the worker's outbound fetches.
// https://docs.mailchannels.net/email-api/

export type MailChannelsMail = {
  personalizations: { to: { email: string }[] }[]
  from: { email: string; name?: string }
  subject: string
  content: { type: string; value: string }[]
  headers: Record<string, string>
  tracking_settings: { click_tracking: { enable: boolean }; open_tracking: { enable: boolean } }
}

/** What was accepted so far, by delivery. */
const accepted = new Map<string, MailChannelsMail[]>()

export async function answerAsMailChannels(request: Request): Promise<Response> {
  const url = new URL(request.url)
  // For the tests to look at: how often, or the mails of one delivery.
  if (url.pathname === '/accepted')
    return Response.json(
      Object.fromEntries([...accepted].map(([delivery, mails]) => [delivery, mails.length])),
    )
  if (url.pathname.startsWith('/accepted/'))
    return Response.json(accepted.get(url.pathname.split('/')[2] ?? '') ?? [])
  if (request.method !== 'POST' || url.pathname !== '/tx/v1/send') return new Response(null, { status: 404 })
  if (request.headers.get('x-api-key') !== 'mailchannels-key-canary')
    return new Response(null, { status: 401 })
  const mail = (await request.json()) as MailChannelsMail
  const problem = problemOf(request, mail)
  if (problem) return Response.json({ errors: [problem] }, { status: 400 })
  const recipient = mail.personalizations[0]?.to[0]?.email ?? ''
  const [, word, status] = /^(status|hang|lost|odd|refused)(?:-(\d+))?\./.exec(recipient) ?? []
  if (word === 'status')
    return Response.json({ message: `no luck with ${recipient}` }, { status: Number(status) })
  if (word === 'hang') return new Promise<never>(() => {})
  const delivery = mail.headers['X-Portico-Delivery'] ?? ''
  accepted.set(delivery, [...(accepted.get(delivery) ?? []), mail])
  if (word === 'odd')
    return new Response('{ not json', { status: 202, headers: { 'content-type': 'application/json' } })
  if (word === 'lost') return new Response(null, { status: 202 })
  if (word === 'refused')
    return Response.json({ results: [{ index: 0, status: 'failed', reason: recipient }] }, { status: 202 })
  return Response.json(
    { request_id: 'r1', results: [{ index: 0, message_id: 'm1', status: 'sent' }] },
    { status: 202 },
  )
}

/** The types of `content` go from the plainest to the richest (RFC 2046 §5.1.4); a header is one line of text. */
function problemOf(request: Request, mail: Partial<MailChannelsMail>): string | null {
  if (request.headers.get('content-type') !== 'application/json') return 'not JSON'
  if (mail.personalizations?.length !== 1 || mail.personalizations[0]?.to?.length !== 1)
    return 'not one recipient'
  if (!isText(mail.personalizations[0].to[0]?.email) || !isText(mail.from?.email)) return 'no address'
  if (!isText(mail.subject)) return 'no subject'
  if (mail.content?.map(({ type }) => type).join() !== 'text/plain,text/html') return 'not a text and a page'
  if (!mail.content.every(({ value }) => isText(value))) return 'an empty part'
  if (!Object.values(mail.headers ?? {}).every((value) => isText(value) && !/[\r\n]/.test(value)))
    return 'a header that is none'
  return null
}

function isText(value: unknown): boolean {
  return typeof value === 'string' && value !== ''
}
