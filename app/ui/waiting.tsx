// What waits for a decision: a card of rows, each with its answers right there.
import { Form } from '@remix-run/react'
import type { ReactNode } from 'react'
import { ButtonLink, SubmitButton } from './button'
import { Card, CardBody, CardHeader } from './card'
import { DateTime } from './date-time'
import { useRootData } from './root-data'
import { TextLink } from './text-link'

export function WaitingCard({
  title,
  all,
  children,
}: {
  title: string
  all: ReactNode
  children: ReactNode
}) {
  return (
    <Card>
      <CardHeader title={title} actions={all} />
      <CardBody flush>
        <ul className="divide-y divide-line">{children}</ul>
      </CardBody>
    </Card>
  )
}

type WaitingRowProps = { to: string; name: string; note: string; since: number; children: ReactNode }

export function WaitingRow({ to, name, note, since, children }: WaitingRowProps) {
  const { now } = useRootData()
  return (
    <li className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2 px-4 py-3 sm:px-6">
      <div className="min-w-0 wrap-anywhere">
        <TextLink to={to} plain className="font-medium">
          {name}
        </TextLink>
        <p className="text-sm text-muted">
          {note} · <DateTime value={since} now={now} relative />
        </p>
      </div>
      <div className="flex flex-wrap gap-2">{children}</div>
    </li>
  )
}

/** The two answers: a form of one button, and the page that asks for a reason. */
export function Decision({
  approve,
  label,
  reject,
  name,
  fields,
}: {
  approve: string
  label: string
  reject: string
  name: string
  fields?: ReactNode
}) {
  return (
    <>
      <Form method="post" action={approve}>
        {fields}
        <SubmitButton variant="secondary" size="sm" aria-label={`${label}: ${name}`}>
          {label}
        </SubmitButton>
      </Form>
      <ButtonLink to={reject} variant="quiet" size="sm" aria-label={`Reject: ${name}`}>
        Reject
      </ButtonLink>
    </>
  )
}
