// One operation of the reference: what it does, what it takes and answers, and a call to copy.
import type { ReactNode } from 'react'
import type { Body, Operation, OperationParameter } from '~/domain/catalog/operation'
import { Badge } from '~/ui/badge'
import { CodeBlock } from '~/ui/code-block'
import { ReferenceSection } from '~/ui/shell/reference-shell'
import { curlSample } from './curl-sample'
import { MethodBadge } from './method-badge'
import { RenderedHtml } from './rendered-html'
import { SchemaView } from './schema-view'

export function OperationSection({ operation, baseUrl }: { operation: Operation; baseUrl: string }) {
  const { slug, method, path, summary, deprecated, detail } = operation
  const example = detail.requestBody?.bodies.find((body) => body.example)
  const answer = detail.responses.flatMap((response) =>
    response.bodies
      .filter((body) => body.example)
      .map((body) => ({ status: response.status, example: body.example })),
  )[0]
  return (
    <ReferenceSection
      id={slug}
      title={summary}
      code={
        <>
          <CodeBlock label="curl" code={curlSample(operation, baseUrl)} copy />
          {example?.example && (
            <CodeBlock label={`Request body (${example.contentType})`} code={example.example} copy />
          )}
          {answer?.example && <CodeBlock label={`Answer ${answer.status}`} code={answer.example} copy />}
        </>
      }
    >
      <p className="flex flex-wrap items-center gap-2">
        <MethodBadge method={method} />
        <code className="font-mono text-sm wrap-anywhere">{path}</code>
        {deprecated && <Badge tone="amber">Deprecated</Badge>}
      </p>
      {detail.descriptionHtml && <RenderedHtml html={detail.descriptionHtml} />}
      <Parameters parameters={detail.parameters} />
      {detail.requestBody && (
        <Part title={detail.requestBody.required ? 'Request body' : 'Request body (optional)'}>
          {detail.requestBody.description && (
            <p className="wrap-anywhere">{detail.requestBody.description}</p>
          )}
          <Bodies bodies={detail.requestBody.bodies} />
        </Part>
      )}
      <Part title="Answers">
        {detail.responses.map((response) => (
          <details key={response.status} className="border-b border-line pb-2 last:border-0">
            <summary className="flex min-h-6 flex-wrap items-baseline gap-2">
              <span className="font-mono text-sm font-medium">{response.status}</span>
              <span className="min-w-0 text-muted wrap-anywhere">{response.description}</span>
            </summary>
            <div className="mt-2 ml-4">
              {response.bodies.length === 0 ? (
                <p className="text-sm text-muted">No body.</p>
              ) : (
                <Bodies bodies={response.bodies} />
              )}
            </div>
          </details>
        ))}
      </Part>
    </ReferenceSection>
  )
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <div className="flex flex-col gap-3">
      <h3 className="font-semibold">{title}</h3>
      {children}
    </div>
  )
}

const places = { path: 'In the path', query: 'In the query', header: 'Headers', cookie: 'Cookies' } as const

function Parameters({ parameters }: { parameters: OperationParameter[] }) {
  return (Object.keys(places) as (keyof typeof places)[]).map((place) => {
    const here = parameters.filter((parameter) => parameter.in === place)
    if (here.length === 0) return null
    return (
      <Part key={place} title={places[place]}>
        <ul className="flex flex-col divide-y divide-line border-y border-line">
          {here.map((parameter) => (
            <li key={parameter.name} className="flex min-w-0 flex-col gap-0.5 py-2">
              <p className="flex flex-wrap items-baseline gap-x-2">
                <code className="font-mono text-sm font-medium wrap-anywhere">{parameter.name}</code>
                <span className="text-sm text-muted wrap-anywhere">{parameter.type}</span>
                {parameter.required && <span className="text-xs font-medium text-red-ink">required</span>}
              </p>
              {parameter.description && (
                <p className="max-w-text text-sm wrap-anywhere">{parameter.description}</p>
              )}
              {parameter.notes.length > 0 && (
                <p className="text-sm text-muted wrap-anywhere">{parameter.notes.join(' · ')}</p>
              )}
            </li>
          ))}
        </ul>
      </Part>
    )
  })
}

function Bodies({ bodies }: { bodies: Body[] }) {
  return bodies.map((body) => (
    <div key={body.contentType} className="flex min-w-0 flex-col gap-2">
      <p className="font-mono text-sm text-muted wrap-anywhere">{body.contentType}</p>
      {body.schema && <SchemaView node={body.schema} />}
    </div>
  ))
}
