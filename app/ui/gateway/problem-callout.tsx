// A call that the gateway refused: why, under which stable code, and what to do; after a limit, from when on.
import { useEffect, useState } from 'react'
import { ButtonLink } from '~/ui/button'
import { Callout } from '~/ui/callout'
import type { GatewayProblem } from './answer-words'

type ProblemCalloutProps = {
  problem: GatewayProblem
  retryAfter: number | null
  to: { apps: string; product: string }
}

const labels = { apps: 'My apps', product: 'Request access' } as const

export function ProblemCallout({ problem, retryAfter, to }: ProblemCalloutProps) {
  const { title, detail, code, goTo } = problem
  return (
    <Callout
      tone="amber"
      title={title}
      action={
        goTo &&
        to[goTo] && (
          <ButtonLink to={to[goTo]} size="sm">
            {labels[goTo]}
          </ButtonLink>
        )
      }
    >
      <p>{detail}</p>
      {retryAfter !== null && <Wait key={retryAfter} seconds={retryAfter} />}
      <p className="mt-1 text-sm text-muted">
        The gateway’s code: <code>{code}</code>
      </p>
    </Callout>
  )
}

function Wait({ seconds }: { seconds: number }) {
  const [until] = useState(() => Date.now() + seconds * 1000)
  const [left, setLeft] = useState(seconds)
  useEffect(() => {
    const timer = setInterval(() => setLeft(Math.max(0, Math.ceil((until - Date.now()) / 1000))), 1000)
    return () => clearInterval(timer)
  }, [until])
  return (
    <p className="font-medium tabular-nums">
      {left > 0 ? `You can send again in ${waitWords(left)}.` : 'You can send again now.'}
    </p>
  )
}

function waitWords(seconds: number): string {
  if (seconds < 120) return seconds === 1 ? '1 second' : `${seconds} seconds`
  if (seconds < 7200) return `${Math.ceil(seconds / 60)} minutes`
  return seconds < 172_800 ? `${Math.ceil(seconds / 3600)} hours` : `${Math.ceil(seconds / 86_400)} days`
}
