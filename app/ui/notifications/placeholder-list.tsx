// What may stand in braces in a mail, and what it becomes.

export function PlaceholderList({ placeholders }: { placeholders: readonly (readonly [string, string])[] }) {
  return (
    <div className="flex flex-col gap-1.5">
      <h2 className="font-medium">Placeholders</h2>
      <dl className="grid gap-x-4 gap-y-1 text-sm sm:grid-cols-[max-content_1fr]">
        {placeholders.map(([name, means]) => (
          <div key={name} className="contents">
            <dt>
              <code className="font-mono">{`{${name}}`}</code>
            </dt>
            <dd className="min-w-0 text-muted max-sm:pb-1">{means}</dd>
          </div>
        ))}
      </dl>
    </div>
  )
}
