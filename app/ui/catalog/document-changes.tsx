// What a document changes: operations that are new, gone or different, and which of it breaks clients.
import type { DocumentChanges, OperationName } from '~/domain/catalog/document-review'
import { formatNumber } from '~/domain/kernel/number'
import { Badge } from '~/ui/badge'
import { Callout } from '~/ui/callout'
import { MethodBadge } from './method-badge'

type Counts = DocumentChanges['counts']

/** "2 added", "1 removed", and a red mark when clients break. */
export function ChangeCounts({ counts }: { counts: Counts }) {
  const total = counts.added + counts.removed + counts.changed
  return (
    <span className="inline-flex flex-wrap items-center gap-1.5">
      {total === 0 && <span className="text-muted">No operation changed</span>}
      {counts.added > 0 && <Badge tone="green">{formatNumber(counts.added)} added</Badge>}
      {counts.removed > 0 && <Badge tone="red">{formatNumber(counts.removed)} removed</Badge>}
      {counts.changed > 0 && <Badge tone="blue">{formatNumber(counts.changed)} changed</Badge>}
      {counts.breaking > 0 && (
        <Badge tone="red" dot>
          {formatNumber(counts.breaking)} breaking
        </Badge>
      )}
    </span>
  )
}

export function DocumentChangesView({ changes }: { changes: DocumentChanges }) {
  const { counts, added, removed, changed, partial } = changes
  return (
    <div className="flex flex-col gap-5">
      <ChangeCounts counts={counts} />
      {counts.breaking > 0 && (
        <Callout tone="red" title="Clients that work today may stop working">
          {formatNumber(counts.breaking)} operations change in a way that clients do not expect. They are
          marked below.
        </Callout>
      )}
      {partial && (
        <Callout tone="amber">
          The documents are too large to compare in full: there may be more changes.
        </Callout>
      )}
      <Operations title="Removed" operations={removed} total={counts.removed} breaking />
      {changed.length > 0 && (
        <div className="flex flex-col gap-2">
          <h3 className="font-semibold">Changed</h3>
          <ul className="flex flex-col divide-y divide-line border-y border-line">
            {changed.map((operation) => (
              <li key={`${operation.method} ${operation.path}`} className="flex flex-col gap-1 py-2">
                <Name operation={operation} />
                <ul className="flex flex-col gap-1 pl-4 text-sm">
                  {operation.notes.map((note) => (
                    <li key={note.text} className="flex flex-wrap items-center gap-2 wrap-anywhere">
                      {note.text}
                      {note.breaking && <Badge tone="red">Breaking</Badge>}
                    </li>
                  ))}
                </ul>
              </li>
            ))}
          </ul>
          <More shown={changed.length} total={counts.changed} />
        </div>
      )}
      <Operations title="Added" operations={added} total={counts.added} />
    </div>
  )
}

type OperationsProps = {
  title: string
  operations: readonly OperationName[]
  total: number
  breaking?: boolean
}

function Operations({ title, operations, total, breaking }: OperationsProps) {
  if (operations.length === 0) return null
  return (
    <div className="flex flex-col gap-2">
      <h3 className="font-semibold">{title}</h3>
      <ul className="flex flex-col gap-1.5">
        {operations.map((operation) => (
          <li key={`${operation.method} ${operation.path}`} className="flex flex-wrap items-center gap-2">
            <Name operation={operation} />
            {breaking && <Badge tone="red">Breaking</Badge>}
          </li>
        ))}
      </ul>
      <More shown={operations.length} total={total} />
    </div>
  )
}

function Name({ operation }: { operation: OperationName }) {
  return (
    <span className="inline-flex min-w-0 flex-wrap items-center gap-2">
      <MethodBadge method={operation.method} />
      <code className="font-mono text-sm wrap-anywhere">{operation.path}</code>
    </span>
  )
}

function More({ shown, total }: { shown: number; total: number }) {
  if (shown >= total) return null
  return <p className="text-sm text-muted">And {formatNumber(total - shown)} more.</p>
}
