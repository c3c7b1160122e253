// The reader's keys while Try it is open: which are offered, which is chosen, and those that were fetched. Fetched and
// pasted keys and tokens live in this memory only, and end with it.
import { useCallback, useEffect, useRef, useState } from 'react'
import { isWellFormedApiKey } from '~/domain/apps/credential-key'
import type { KeyOffer, OfferedKey } from './key-offer'

/** The choice of a key that is typed in. */
export const pasted = 'paste'

/** The gateway says whether it is one of its own. */
const looksLikeToken = /^[\w-]+\.[\w-]+\.[\w-]+$/

export type Offer = { state: 'loading' | 'failed' } | ({ state: 'ready' } & KeyOffer)

export type Keys = {
  offer: Offer
  chosen: string
  choose: (id: string) => void
  typed: string
  type: (text: string) => void
  /** The chosen key asks for one to be typed: none is offered, or the portal cannot fetch it. */
  mustType: boolean
  reload: () => void
  /** What is wrong with the choice before anything is sent, or null. */
  problem: () => string | null
  take: (signal: AbortSignal) => Promise<{ key: string } | { problem: string }>
  /** The gateway refused it: it is fetched again next time. */
  forget: () => void
}

export function useKeys(keysFrom: string): Keys {
  const [offer, setOffer] = useState<Offer>({ state: 'loading' })
  const [choice, choose] = useState<string | null>(null)
  const [typed, type] = useState('')
  const fetched = useRef(new Map<string, { key: string; until: number }>())

  const reload = useCallback(() => {
    setOffer({ state: 'loading' })
    void loadOffer(keysFrom).then(setOffer)
  }, [keysFrom])
  useEffect(reload, [reload])

  const keys = offer.state === 'ready' ? offer.keys : []
  const usual = keys.find((key) => key.canBeFetched) ?? keys[0]
  const chosen = choice ?? usual?.id ?? pasted
  const key = keys.find(({ id }) => id === chosen)
  const mustType = !key?.canBeFetched

  return {
    offer,
    chosen,
    choose,
    typed,
    type,
    mustType,
    reload,
    problem() {
      if (!mustType) return null
      if (typed.trim() === '') return 'Paste a key or an access token.'
      return isWellFormedApiKey(typed.trim()) || looksLikeToken.test(typed.trim())
        ? null
        : 'This is not a complete key. Copy it again.'
    },
    async take(signal) {
      if (!key || mustType) return { key: typed.trim() }
      const known = fetched.current.get(key.id)
      if (known && known.until > Date.now()) return known
      const answer = await fetchKey(key, signal)
      if ('key' in answer) fetched.current.set(key.id, answer)
      return answer
    },
    forget: () => fetched.current.delete(chosen),
  }
}

async function loadOffer(from: string): Promise<Offer> {
  try {
    const answer = await fetch(from, { redirect: 'manual', headers: { accept: 'application/json' } })
    // Sent to log in: the session ended since the page was opened.
    if (answer.type === 'opaqueredirect')
      return {
        state: 'ready',
        reader: 'visitor',
        productName: '',
        productTo: '',
        hasPendingRequest: false,
        keys: [],
      }
    return answer.ok ? { state: 'ready', ...((await answer.json()) as KeyOffer) } : { state: 'failed' }
  } catch {
    return { state: 'failed' }
  }
}

async function fetchKey(
  { callTo }: OfferedKey,
  signal: AbortSignal,
): Promise<{ key: string; until: number } | { problem: string }> {
  const answer = await fetch(callTo, {
    method: 'POST',
    redirect: 'manual',
    headers: { accept: 'application/json' },
    signal,
  })
  if (answer.type === 'opaqueredirect')
    return { problem: 'You are logged out. Log in again, then send the call.' }
  if (answer.status === 404)
    return { problem: 'This key is not yours to use any more. Choose another, or open the page again.' }
  const body = (await answer.json()) as { secret?: string; expiresIn?: number; problem?: string }
  // A token is asked for anew a little before its end, so that it does not end on its way.
  if (body.secret)
    return {
      key: body.secret,
      until: body.expiresIn ? Date.now() + (body.expiresIn - 30) * 1000 : Number.POSITIVE_INFINITY,
    }
  return { problem: body.problem ?? 'The portal did not hand out the key. Try again in a moment.' }
}
