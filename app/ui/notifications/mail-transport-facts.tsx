// By which way mails leave the portal, and what is wrong with it.
import { Callout } from '~/ui/callout'
import { DefinitionList } from '~/ui/definition-list'

type Setup = { transport: string; from: string | null; server: string | null; problems: readonly string[] }

export function MailTransportFacts({ setup }: { setup: Setup }) {
  const { transport, from, server, problems } = setup
  return (
    <div className="flex flex-col gap-4">
      {problems.length > 0 && (
        <Callout tone="red" title="Mails do not leave the portal as they should">
          {problems.length === 1 ? (
            <Problem text={problems[0] ?? ''} />
          ) : (
            <ul className="list-disc pl-4">
              {problems.map((problem) => (
                <li key={problem}>
                  <Problem text={problem} />
                </li>
              ))}
            </ul>
          )}
        </Callout>
      )}
      <DefinitionList
        items={[
          { term: 'Transport', value: transport },
          ...(server ? [{ term: 'Server', value: server }] : []),
          { term: 'From', value: from ?? 'Not set' },
        ]}
      />
    </div>
  )
}

/** What stands between backticks is to be typed. */
function Problem({ text }: { text: string }) {
  return text.split('`').map((part, index) =>
    index % 2 === 1 ? (
      <code key={part} className="text-sm wrap-anywhere">
        {part}
      </code>
    ) : (
      part
    ),
  )
}
