// One call at a time: sent, cancelled, answered. What is shown of a call is what was sent, whatever is typed meanwhile.
import { useEffect, useRef, useState } from 'react'
import { endsKey, gatewayProblem } from './answer-words'
import type { CallRequest } from './call-request'
import { type Outcome, sendCall } from './send-call'
import type { Keys } from './use-keys'

export type DoneCall = { request: CallRequest; maskedKey: string; outcome: Outcome }

export type CallState =
  | { kind: 'idle' }
  /** `last` stays to be read, so that the page does not jump. */
  | { kind: 'sending'; last: DoneCall | null }
  /** Nothing was sent. */
  | { kind: 'refused'; problem: string }
  | ({ kind: 'done' } & DoneCall)

export function useCall(keys: Keys) {
  const [state, setState] = useState<CallState>({ kind: 'idle' })
  const running = useRef<AbortController | null>(null)
  useEffect(() => () => running.current?.abort(), [])

  async function send(request: CallRequest) {
    const abort = new AbortController()
    running.current = abort
    setState((was) => ({ kind: 'sending', last: doneCall(was) }))
    const result = await run(request, keys, abort.signal)
    if (running.current === abort) setState(result)
  }

  return { state, send, cancel: () => running.current?.abort() }
}

/** The call whose answer is shown. */
export function doneCall(state: CallState): DoneCall | null {
  return state.kind === 'done' ? state : state.kind === 'sending' ? state.last : null
}

async function run(request: CallRequest, keys: Keys, signal: AbortSignal): Promise<CallState> {
  const taken = await keys
    .take(signal)
    .catch(() => ({ problem: signal.aborted ? 'Cancelled before anything was sent.' : noAnswer }))
  if ('problem' in taken) return { kind: 'refused', problem: taken.problem }
  const outcome = await sendCall(request, taken.key, signal)
  if (outcome.kind === 'answer') {
    const type = outcome.headers.find(([name]) => name === 'content-type')?.[1] ?? ''
    if (endsKey.has(gatewayProblem(type, outcome.bytes)?.code ?? '')) keys.forget()
  }
  const masked = taken.key.startsWith('prt_') ? `prt_live_••••${taken.key.slice(-4)}` : 'YOUR_ACCESS_TOKEN'
  return { kind: 'done', request, maskedKey: masked, outcome }
}

const noAnswer = 'The portal does not answer. Check your connection, then send the call again.'
