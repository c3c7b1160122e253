// `POST /credentials/leaked`: where secret scanners report credentials that they found in public, in the format of
// GitHub's partners. A report counts only with a signature of the scanner's published keys; nothing else about it is
// believed. Answers are the partners' feedback, which holds hashes only.
import { decodePKIXECDSASignature, p256 } from '@oslojs/crypto/ecdsa'
import { decodeBase64 } from '@oslojs/encoding'
import { z } from 'zod'
import { leakReportsInput } from '~/domain/apps/leak'
import { type LeakVerdict, reportLeakedCredentials } from '~/domain/apps/report-leaked-credentials.server'
import { domainError } from '~/domain/kernel/errors'
import { fail, ok, type Result } from '~/domain/kernel/result'
import { jsonAnswer, problemAnswer } from './api-answers'
import { logError } from './log'
import { enqueueEvents } from './queue'
import { readUpTo } from './read-up-to'
import type { RequestScope } from './scope'
import { systemContext } from './system-context'

const path = '/credentials/leaked'
const maxBytes = 1024 * 1024
const timeoutMs = 10_000
/** The keys change rarely; an unknown name asks for them again, at most once in a minute. */
const keysKnownForMs = 3_600_000
const askAgainAfterMs = 60_000

const publishedKeys = z.object({
  public_keys: z.array(z.object({ key_identifier: z.string(), key: z.string() })).max(100),
})

/** What an isolate remembers of the scanner's keys: name → PEM. */
let known: { keys: Map<string, string>; at: number } | null = null

/** Null for any other address, and where the deployment takes no reports (`LEAK_REPORT_KEYS_URL` is empty). */
export async function answerLeakReport(url: URL, scope: RequestScope): Promise<Response | null> {
  const { request, env } = scope
  const keysUrl = env.LEAK_REPORT_KEYS_URL
  if (url.pathname !== path || !keysUrl) return null
  const verdicts = await take(request, env, keysUrl)
  if (!verdicts.ok) return problemAnswer(verdicts.error, scope)
  return jsonAnswer(
    200,
    JSON.stringify(
      verdicts.value.map(({ tokenHash, type, isOurs }) => ({
        token_hash: tokenHash,
        token_type: type,
        label: isOurs ? 'true_positive' : 'false_positive',
      })),
    ),
  )
}

async function take(request: Request, env: Env, keysUrl: string): Promise<Result<LeakVerdict[]>> {
  if (request.method !== 'POST') return fail(domainError('method_not_allowed', 'Reports are sent with POST.'))
  const body = await readUpTo(request, maxBytes)
  if (!body) return fail(domainError('body_too_large', 'A report has at most 1 MB.'))
  const name = request.headers.get('github-public-key-identifier')
  const signature = request.headers.get('github-public-key-signature')
  if (!name || !signature) return fail(unsigned)
  const key = await keyNamed(name, keysUrl)
  if (!key.ok) return key
  if (!key.value || !(await isSignedBy(key.value, signature, body))) return fail(unsigned)
  const reports = leakReportsInput.safeParse(jsonOf(body))
  if (!reports.success) return fail(domainError('invalid_body', 'This is no list of reports.'))
  const ctx = systemContext(env)
  const verdicts = await reportLeakedCredentials(ctx, reports.data)
  await enqueueEvents(env, ctx.announced)
  return ok(verdicts)
}

const unsigned = domainError('not_signed_in', 'This report carries no signature of the scanner.')

/** The scanner's key of this name, or null inside when it publishes none. */
async function keyNamed(name: string, keysUrl: string): Promise<Result<string | null>> {
  const found = known?.keys.get(name)
  const age = known ? Date.now() - known.at : Number.POSITIVE_INFINITY
  if (age < (found === undefined ? askAgainAfterMs : keysKnownForMs)) return ok(found ?? null)
  try {
    const answer = await fetch(keysUrl, {
      redirect: 'manual',
      headers: { accept: 'application/json', 'user-agent': 'Portico' },
      signal: AbortSignal.timeout(timeoutMs),
    })
    const text = answer.ok ? await readUpTo(answer, maxBytes) : null
    const { public_keys } = publishedKeys.parse(text && jsonOf(text))
    known = { keys: new Map(public_keys.map((one) => [one.key_identifier, one.key])), at: Date.now() }
    return ok(known.keys.get(name) ?? null)
  } catch (error) {
    logError('leak_report_keys_unavailable', error)
    return fail(
      domainError(
        'temporarily_unavailable',
        'The keys of the scanner could not be read. Send it again later.',
        {
          retryAfterSeconds: askAgainAfterMs / 1000,
        },
      ),
    )
  }
}

/** ECDSA with P-256 and SHA-256 over the body as it came, the signature in DER and base64. */
async function isSignedBy(pem: string, signature: string, body: Uint8Array<ArrayBuffer>): Promise<boolean> {
  try {
    const spki = decodeBase64(pem.replace(/-----[A-Z ]+-----|\s/g, ''))
    const algorithm = { name: 'ECDSA', namedCurve: 'P-256' }
    const key = await crypto.subtle.importKey('spki', Uint8Array.from(spki), algorithm, false, ['verify'])
    const pair = decodePKIXECDSASignature(decodeBase64(signature)).encodeIEEEP1363(p256)
    return await crypto.subtle.verify({ name: 'ECDSA', hash: 'SHA-256' }, key, Uint8Array.from(pair), body)
  } catch {
    // A key or a signature that is none proves nothing.
    return false
  }
}

function jsonOf(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes))
  } catch {
    return null
  }
}
