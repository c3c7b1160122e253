// What became of a call: the answer with its status, time, size, headers and body, or why there is none; and the call
// itself, as it was sent, for a terminal.
import { useEffect, useRef } from 'react'
import { Badge, type Tone } from '~/ui/badge'
import { Callout } from '~/ui/callout'
import { curlSample } from '~/ui/catalog/curl-sample'
import { CodeBlock } from '~/ui/code-block'
import { AnswerBody } from './answer-body'
import { gatewayProblem, retryAfterSeconds, sizeWords, statusWords, timeWords } from './answer-words'
import { partsSent } from './call-parts'
import { Folded } from './folded'
import { ProblemCallout } from './problem-callout'
import type { Answer, Outcome } from './send-call'
import type { TryItProps } from './try-it'
import type { CallState, DoneCall } from './use-call'
import type { Keys } from './use-keys'

type CallAnswerProps = DoneCall & {
  /** The next call is under way. */
  stale: boolean
  links: TryItProps['links']
  keys: Keys
}

export function CallAnswer({ request, maskedKey, outcome, stale, links, keys }: CallAnswerProps) {
  const { body, headers } = request
  const answer = useRef<HTMLElement>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: each answer is brought into view
  useEffect(() => {
    answer.current?.scrollIntoView({ block: 'nearest' })
  }, [outcome])
  const curl = curlSample({
    ...request,
    headers: [['Authorization', `Bearer ${maskedKey}`], ...headers],
    body: typeof body === 'string' ? body : null,
    file: body instanceof File ? body.name : null,
    parts: body instanceof FormData ? partsSent(body) : [],
  })
  return (
    <section
      ref={answer}
      aria-labelledby="call-answer"
      aria-busy={stale}
      className="flex min-w-0 scroll-mt-18 scroll-mb-4 flex-col gap-4 border-t border-line p-4 aria-busy:opacity-60"
    >
      <h3 id="call-answer" className="sr-only">
        Answer
      </h3>
      {outcome.kind === 'answer' ? (
        <AnswerParts answer={outcome} url={request.url} links={links} keys={keys} />
      ) : (
        <Callout tone={outcome.kind === 'cancel' ? 'neutral' : 'amber'} title={endings[outcome.kind].title}>
          {endings[outcome.kind].text}
        </Callout>
      )}
      <CodeBlock code={curl} label="The call as it was sent" />
    </section>
  )
}

const endings: Record<Exclude<Outcome['kind'], 'answer'>, { title: string; text: string }> = {
  cancel: { title: 'Cancelled', text: 'The API may have acted on the call all the same.' },
  timeout: {
    title: 'No answer within a minute',
    text: 'The API may have acted on the call all the same. Look before you send it again.',
  },
  unreachable: {
    title: 'The gateway was not reached',
    text: 'Check your connection, or whether something in this browser blocks the call, and send it again.',
  },
  redirect: {
    title: 'The API answered with a redirect',
    text: 'A page cannot see where to, and following it could carry the key elsewhere. Send the call from a terminal to see it.',
  },
}

/** For screen readers, when something happened. */
export function spokenState(state: CallState): string {
  if (state.kind === 'sending') return 'Sending the call'
  if (state.kind !== 'done') return ''
  const { outcome } = state
  if (outcome.kind !== 'answer') return endings[outcome.kind].title
  return `Answered: ${statusWords(outcome.status)}, ${timeWords(outcome.ms)}, ${sizeWords(outcome.bytes.length)}`
}

type AnswerPartsProps = { answer: Answer; url: string; links: TryItProps['links']; keys: Keys }

function AnswerParts({ answer, url, links, keys }: AnswerPartsProps) {
  const { status, headers, bytes, ms, cut } = answer
  const type = headers.find(([name]) => name === 'content-type')?.[1] ?? ''
  const problem = gatewayProblem(type, bytes)
  const productTo = keys.offer.state === 'ready' ? keys.offer.productTo : ''
  return (
    <>
      <p className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <Badge tone={toneOf(status)} dot>
          {statusWords(status)}
        </Badge>
        <span className="text-sm text-muted tabular-nums">{timeWords(ms)}</span>
        <span className="text-sm text-muted tabular-nums">{sizeWords(bytes.length)}</span>
      </p>
      {problem && (
        <ProblemCallout
          problem={problem}
          retryAfter={retryAfterSeconds(headers)}
          to={{ apps: links.apps, product: productTo }}
        />
      )}
      {cut && <p className="text-sm text-amber-ink">{cuts[cut]}</p>}
      <AnswerBody bytes={bytes} contentType={type} url={url} />
      <Folded summary="Headers" count={headers.length}>
        <dl className="divide-y divide-line rounded-control border border-line text-sm">
          {headers.map(([name, value]) => (
            <div key={name} className="px-3 py-1.5">
              <dt className="text-muted">{name}</dt>
              <dd className="font-mono wrap-anywhere">{value}</dd>
            </div>
          ))}
        </dl>
      </Folded>
    </>
  )
}

const cuts: Record<NonNullable<Answer['cut']>, string> = {
  cancel: 'Cancelled: this is what had arrived.',
  timeout: 'Not complete within a minute: this is what had arrived.',
  size: 'More than 25 MB: the rest was not read.',
  connection: 'The connection ended early: this is what had arrived.',
}

function toneOf(status: number): Tone {
  return ({ 2: 'green', 3: 'blue', 4: 'amber', 5: 'red' } as const)[String(status).charAt(0)] ?? 'neutral'
}
