// One operation of the admin API. A table of them drives routing, scopes and the OpenAPI document alike, so that none
// can say anything else than the others. There is no operation without a scope.
import type { z } from 'zod'
import type { ApiScope } from '~/domain/accounts/api-token'
import type { AdminActor } from '~/domain/kernel/actor'
import type { DomainContext } from '~/domain/kernel/context'
import type { DomainErrorCode } from '~/domain/kernel/errors'
import { type Id, parseId } from '~/domain/kernel/ids'
import type { Result } from '~/domain/kernel/result'
import { mailTemplates } from '~/domain/notifications/mail-texts'
import type { ApiBody } from './api-names'

/** The kinds of ids that a path can name. */
export const pathIdKinds = {
  organization_id: 'org',
  team_id: 'team',
  user_id: 'usr',
  app_id: 'app',
  credential_id: 'crd',
  request_id: 'req',
  plan_id: 'pln',
  catalog_id: 'cat',
  event_id: 'evt',
  delivery_id: 'dlv',
  webhook_id: 'whk',
  gateway_id: 'gwy',
  product_id: 'prd',
  api_id: 'api',
  document_id: 'doc',
  guide_id: 'gde',
} as const

/** What a path can name that has no id, with all that there is of it. */
export const pathWords = { template: mailTemplates } as const

type PathIdKinds = typeof pathIdKinds
type PathWords = typeof pathWords
type PathNames<P extends string> = P extends `${string}{${infer Name}}${infer Rest}`
  ? Name | PathNames<Rest>
  : never
type PathIds<P extends string> = {
  [Name in PathNames<P> & keyof PathIdKinds]: Id<PathIdKinds[Name]>
} & {
  [Name in PathNames<P> & keyof PathWords]: PathWords[Name][number]
}

export type ApiMethod = 'GET' | 'POST' | 'PATCH' | 'DELETE'

export type ApiOperation = {
  /** The operation's name in the document. */
  id: string
  tag: string
  method: ApiMethod
  path: string
  scope: ApiScope
  summary: string
  description: string | null
  query: z.ZodObject | null
  body: ApiBody | null
  /** Of success: 200, 201 for something new, 204 for no content. */
  status: 200 | 201 | 204
  answer: { name: string; schema: z.ZodType } | null
  /** The field of the answer that nobody gets again: it is null in what is kept for a POST that is sent again. */
  shownOnce: string | null
  /** Rules that can stand in the way, beside what all operations of its kind can answer. */
  errors: readonly DomainErrorCode[]
  run(ctx: DomainContext<AdminActor>, input: never): Promise<Result<unknown>>
}

type Definition<P extends string, Q extends z.ZodObject, B, A extends z.ZodType> = {
  id: string
  tag: string
  method: ApiMethod
  path: P
  scope: ApiScope
  summary: string
  description?: string
  query?: Q
  body?: ApiBody<B>
  status?: 200 | 201 | 204
  answer?: { name: string; schema: A }
  shownOnce?: keyof z.output<A> & string
  errors?: readonly DomainErrorCode[]
  run(
    ctx: DomainContext<AdminActor>,
    input: { ids: PathIds<P>; query: z.output<Q>; body: B },
  ): Promise<Result<z.output<A> | null>>
}

export function operation<const P extends string, Q extends z.ZodObject, B, A extends z.ZodType>(
  definition: Definition<P, Q, B, A>,
): ApiOperation {
  return {
    description: null,
    query: null,
    body: null,
    answer: null,
    shownOnce: null,
    errors: [],
    ...definition,
    status: definition.status ?? (definition.answer ? 200 : 204),
  }
}

/** What a part of a path stands for; null when there can be no such thing. */
export function readPathPart(name: string, value: string): string | null {
  if (isPathWord(name)) return pathWords[name].find((word) => word === value) ?? null
  return parseId(pathIdKinds[name as keyof PathIdKinds], value)
}

export function isPathWord(name: string): name is keyof PathWords {
  return Object.hasOwn(pathWords, name)
}

/** The parts of a path as the table writes it. */
export function pathNames(path: string): string[] {
  return [...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name)
}
