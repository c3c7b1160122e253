// A schema that opens level by level, without JavaScript.
import { ChevronRight } from 'lucide-react'
import type { SchemaNode } from '~/domain/catalog/operation'
import { ShortText } from './short-text'

export function SchemaView({ node }: { node: SchemaNode }) {
  if (node.children.length === 0) return <SchemaLine node={node} />
  return (
    <div className="flex flex-col gap-2">
      <p className="text-sm text-muted">{node.type}</p>
      <SchemaFields fields={node.children} />
      {node.more && <p className="text-sm text-muted">{reasons[node.more]}</p>}
    </div>
  )
}

function SchemaFields({ fields }: { fields: SchemaNode[] }) {
  return (
    <ul className="flex flex-col divide-y divide-line border-y border-line">
      {fields.map((field, index) => (
        <li key={`${field.name ?? index}`} className="min-w-0 py-2">
          {field.children.length === 0 ? (
            <SchemaLine node={field} />
          ) : (
            <details className="group/schema">
              <summary className="flex items-start gap-1">
                <ChevronRight
                  aria-hidden
                  className="mt-1 size-3.5 shrink-0 text-muted group-open/schema:rotate-90"
                />
                <SchemaLine node={field} />
              </summary>
              <div className="mt-2 ml-4">
                <SchemaFields fields={field.children} />
              </div>
            </details>
          )}
        </li>
      ))}
    </ul>
  )
}

const reasons = { repeats: 'Repeats from here.', deep: 'Goes on: see the document.' }

function SchemaLine({ node }: { node: SchemaNode }) {
  return (
    <div className="flex min-w-0 flex-col gap-0.5">
      <p className="flex flex-wrap items-baseline gap-x-2">
        {node.name && <code className="font-mono text-sm font-medium wrap-anywhere">{node.name}</code>}
        <span className="text-sm text-muted wrap-anywhere">{node.type}</span>
        {node.required && <span className="text-xs font-medium text-red-ink">required</span>}
        {node.deprecated && <span className="text-xs font-medium text-amber-ink">deprecated</span>}
      </p>
      {node.description && (
        <p className="max-w-text text-sm wrap-anywhere">
          <ShortText>{node.description}</ShortText>
        </p>
      )}
      {node.notes.length > 0 && <p className="text-sm text-muted wrap-anywhere">{node.notes.join(' · ')}</p>}
      {node.more && <p className="text-sm text-muted">{reasons[node.more]}</p>}
    </div>
  )
}
