// A receiver of webhooks, for the tests: each host below hook.test is one of its own, that keeps what it was sent and does
// what a test asks for. It runs in Node, behind the worker's outbound fetches.

type Fault = { status?: number; hang?: boolean; headers?: Record<string, string>; body?: string }
type Receiver = { requests: { headers: Record<string, string>; body: string }[]; faults: Fault[] }

const receivers = new Map<string, Receiver>()

export async function answerAsWebhookReceiver(request: Request): Promise<Response> {
  const url = new URL(request.url)
  const it = receivers.get(url.hostname) ?? { requests: [], faults: [] }
  receivers.set(url.hostname, it)
  if (url.pathname === '/double') {
    if (request.method === 'POST') it.faults.push(...((await request.json()) as Fault[]))
    return Response.json(it.requests)
  }
  it.requests.push({ headers: Object.fromEntries(request.headers), body: await request.text() })
  const fault = it.faults.shift()
  if (fault?.hang) return new Promise<never>(() => {})
  const headers = fault?.headers ?? {}
  return new Response(fault?.body ?? 'thank you', { status: fault?.status ?? 200, headers })
}
