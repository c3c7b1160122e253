// What the transport said to a test mail.
import { Callout } from '~/ui/callout'
import { TextLink } from '~/ui/text-link'

export type TestMailReply =
  | { problems: readonly string[] }
  | {
      answer: { to: string; keptAt: string | null } & (
        | { outcome: 'ok' }
        | { outcome: 'retryable' | 'permanent'; reason: string }
      )
    }

export function TestMailAnswer({ reply }: { reply: TestMailReply | undefined }) {
  return <div role="status">{reply && <Answer reply={reply} />}</div>
}

function Answer({ reply }: { reply: TestMailReply }) {
  if ('problems' in reply)
    return (
      <Callout tone="red" title="The text has to be corrected before it can be sent">
        {reply.problems.join(' ')}
      </Callout>
    )
  const { answer } = reply
  if (answer.outcome === 'ok')
    return (
      <Callout tone="green" title={`Taken for delivery to ${answer.to}`}>
        {answer.keptAt ? (
          <>
            It is kept in the <TextLink to={answer.keptAt}>outbox of the demo</TextLink>, where you can read
            it.
          </>
        ) : (
          'It should arrive within a minute. If it does not, look into the folder for spam, and at the records of the sender’s domain.'
        )}
      </Callout>
    )
  return (
    <Callout tone="red" title={`Not sent to ${answer.to}`}>
      {answer.reason}{' '}
      {answer.outcome === 'retryable'
        ? 'It may work later: try again.'
        : 'It will be refused again until this is mended.'}
    </Callout>
  )
}
