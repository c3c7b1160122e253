// MailChannels as the tests meet it: the recipient's address says what the provider does, as in `status-500.x@…`.
// It runs in Node, behind the worker's outbound fetches.

const accepted = new Map<string, number>()

export async function answerAsMailChannels(request: Request): Promise<Response> {
  const url = new URL(request.url)
  // What was accepted so far, by delivery: for the tests to look at.
  if (url.pathname === '/accepted') return Response.json(Object.fromEntries(accepted))
  if (request.method !== 'POST' || url.pathname !== '/tx/v1/send') return new Response(null, { status: 404 })
  if (request.headers.get('x-api-key') !== 'mailchannels-key-canary')
    return new Response(null, { status: 401 })
  const mail = (await request.json()) as {
    personalizations: { to: { email: string }[] }[]
    headers: Record<string, string>
  }
  const recipient = mail.personalizations[0]?.to[0]?.email ?? ''
  const [, word, status] = /^(status|hang|lost|odd|refused)(?:-(\d+))?\./.exec(recipient) ?? []
  if (word === 'status')
    return Response.json({ message: `no luck with ${recipient}` }, { status: Number(status) })
  if (word === 'hang') return new Promise<never>(() => {})
  const delivery = mail.headers['X-Portico-Delivery'] ?? ''
  accepted.set(delivery, (accepted.get(delivery) ?? 0) + 1)
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
