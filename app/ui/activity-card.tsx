// What happened to a thing or by a person, the latest first.
import type { ReactNode } from 'react'
import { Card, CardBody, CardHeader } from './card'
import { Timeline, type TimelineItem } from './timeline'

type ActivityCardProps = { items: readonly TimelineItem[]; now: number; actions?: ReactNode }

export function ActivityCard({ items, now, actions }: ActivityCardProps) {
  return (
    <Card>
      <CardHeader title="Activity" actions={actions} />
      <CardBody>
        {items.length > 0 ? (
          <Timeline items={items} now={now} />
        ) : (
          <p className="text-muted">Nothing has happened yet.</p>
        )}
      </CardBody>
    </Card>
  )
}
