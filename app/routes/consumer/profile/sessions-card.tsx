import { Form } from '@remix-run/react'
import { paths } from '~/platform/paths'
import { SessionList, type ShownSession } from '~/ui/accounts/session-list'
import { SubmitButton } from '~/ui/button'
import { Card, CardBody, CardHeader } from '~/ui/card'

type SessionsCardProps = { sessions: readonly ShownSession[]; currentId: string; now: number }

export function SessionsCard({ sessions, currentId, now }: SessionsCardProps) {
  return (
    <Card>
      <CardHeader
        title="Sessions"
        description="Where you are logged in. End what you do not know, and change your password."
        actions={
          sessions.length > 1 && (
            <Form method="post" action={paths.dashboard.endOtherSessions}>
              <SubmitButton variant="secondary">End all others</SubmitButton>
            </Form>
          )
        }
      />
      <CardBody>
        <SessionList
          sessions={sessions}
          currentId={currentId}
          now={now}
          action={(session) => (
            <Form method="post" action={paths.dashboard.endSession(session.id)}>
              <SubmitButton variant="secondary" size="sm">
                End session
              </SubmitButton>
            </Form>
          )}
        />
      </CardBody>
    </Card>
  )
}
