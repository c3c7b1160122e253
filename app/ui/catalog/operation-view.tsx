// One operation: what it does, who may call it, what it takes and what it answers.
import type { ReactNode } from 'react'
import type { Body, OperationDetail, OperationParameter, SecurityScheme } from '~/domain/catalog/operation'
import { Badge, type Tone } from '~/ui/badge'
import { CopyButton } from '~/ui/copy-button'
import { AcceptedCredentials, type Accepting } from './accepted-credentials'
import { MethodBadge } from './method-badge'
import { RenderedHtml } from './rendered-html'
import { SchemaView } from './schema-view'
import { ShortText } from './short-text'

export type ShownDetail = Omit<OperationDetail, 'description'>

type OperationViewProps = {
  operation: { method: string; path: string; summary: string; deprecated: boolean; detail: ShownDetail }
  schemes: readonly SecurityScheme[]
  /** The gateway stands in front: it takes the portal's keys. */
  /** Null where there is nothing to call. */
  accepts: (Accepting & { tokenEndpoint: string }) | null
  url: string
  /** Stands beside the path. */
  action?: ReactNode
}

export function OperationView({ operation, schemes, accepts, url, action }: OperationViewProps) {
  const { method, path, summary, deprecated, detail } = operation
  return (
    <>
      <header className="flex flex-col gap-3">
        <h1 tabIndex={-1} className="text-xl font-semibold tracking-tight wrap-anywhere">
          {summary}
        </h1>
        {detail.descriptionHtml && <RenderedHtml html={detail.descriptionHtml} />}
      </header>
      <p className="z-10 -my-4 flex flex-wrap items-center gap-2 border-b border-line bg-canvas py-3 md:sticky md:top-(--bar)">
        <MethodBadge method={method} />
        <code className="min-w-0 font-mono text-sm wrap-anywhere">{path}</code>
        {deprecated && <Badge tone="amber">Deprecated</Badge>}
        <span className="ml-auto flex items-center gap-1">
          <CopyButton value={url} label="Copy the address of this call" />
          {action}
        </span>
      </p>
      <Part title="Authentication">
        <Authentication names={detail.security} schemes={schemes} accepts={accepts} />
      </Part>
      <Parameters parameters={detail.parameters} />
      {detail.requestBody && (
        <Part title={detail.requestBody.required ? 'Request body' : 'Request body (optional)'}>
          {detail.requestBody.description && (
            <p className="max-w-text wrap-anywhere">
              <ShortText>{detail.requestBody.description}</ShortText>
            </p>
          )}
          <Bodies bodies={detail.requestBody.bodies} />
        </Part>
      )}
      <Part title="Responses">
        <div className="divide-y divide-line border-y border-line">
          {detail.responses.map((response, index) => (
            <details key={response.status} open={index === 0} className="group/response py-2">
              <summary className="flex min-h-7 flex-wrap items-center gap-2">
                <Badge tone={toneOf(response.status)}>
                  <span className="font-mono">{response.status}</span>
                </Badge>
                <span className="min-w-0 flex-1 basis-48 wrap-anywhere">
                  <ShortText>{response.description}</ShortText>
                </span>
              </summary>
              <div className="mt-2 flex flex-col gap-3 pb-2">
                {response.bodies.length === 0 ? (
                  <p className="text-sm text-muted">No body.</p>
                ) : (
                  <Bodies bodies={response.bodies} />
                )}
              </div>
            </details>
          ))}
          {detail.responses.length === 0 && (
            <p className="py-2 text-muted">The document does not say what this operation answers.</p>
          )}
        </div>
      </Part>
    </>
  )
}

function toneOf(status: string): Tone {
  return ({ 2: 'green', 3: 'blue', 4: 'amber', 5: 'red' } as const)[status.charAt(0)] ?? 'neutral'
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="flex min-w-0 flex-col gap-3">
      <h2 className="text-md font-semibold">{title}</h2>
      {children}
    </section>
  )
}

type AuthenticationProps = {
  names: readonly string[]
  schemes: readonly SecurityScheme[]
  accepts: OperationViewProps['accepts']
}

function Authentication({ names, schemes, accepts }: AuthenticationProps) {
  if (accepts) return <AcceptedCredentials api={accepts} tokenEndpoint={accepts.tokenEndpoint} />
  const named = schemes.filter((scheme) => names.includes(scheme.name))
  if (named.length === 0) return <p className="text-muted">None is asked for.</p>
  return (
    <ul className="flex flex-col gap-1">
      {named.map((scheme) => (
        <li key={scheme.name} className="max-w-text wrap-anywhere">
          <code>{scheme.label}</code>
          {scheme.description && (
            <span className="text-muted">
              {' '}
              <ShortText>{scheme.description}</ShortText>
            </span>
          )}
        </li>
      ))}
    </ul>
  )
}

const places = {
  path: 'Path parameters',
  query: 'Query parameters',
  header: 'Headers',
  cookie: 'Cookies',
} as const

function Parameters({ parameters }: { parameters: OperationParameter[] }) {
  return (Object.keys(places) as (keyof typeof places)[]).map((place) => {
    const here = parameters.filter((parameter) => parameter.in === place)
    if (here.length === 0) return null
    return (
      <Part key={place} title={places[place]}>
        <ul className="flex flex-col divide-y divide-line border-y border-line">
          {here.map((parameter) => (
            <Parameter key={parameter.name} parameter={parameter} />
          ))}
        </ul>
      </Part>
    )
  })
}

function Parameter({ parameter }: { parameter: OperationParameter }) {
  const { name, type, required, deprecated, description, notes, example } = parameter
  return (
    <li className="flex min-w-0 flex-col gap-0.5 py-2">
      <p className="flex flex-wrap items-baseline gap-x-2">
        <code className="font-mono text-sm font-medium wrap-anywhere">{name}</code>
        <span className="text-sm text-muted wrap-anywhere">{type}</span>
        {required && <span className="text-xs font-medium text-red-ink">required</span>}
        {deprecated && <span className="text-xs font-medium text-amber-ink">deprecated</span>}
      </p>
      {description && (
        <p className="max-w-text text-sm wrap-anywhere">
          <ShortText>{description}</ShortText>
        </p>
      )}
      {notes.length > 0 && <p className="text-sm text-muted wrap-anywhere">{notes.join(' · ')}</p>}
      {example !== null && (
        <p className="text-sm text-muted wrap-anywhere">
          Example: <code className="text-ink">{example}</code>
        </p>
      )}
    </li>
  )
}

function Bodies({ bodies }: { bodies: Body[] }) {
  return bodies.map((body) => (
    <div key={body.contentType} className="flex min-w-0 flex-col gap-2">
      <p className="font-mono text-sm text-muted wrap-anywhere">{body.contentType}</p>
      {body.schema && <SchemaView node={body.schema} />}
    </div>
  ))
}
