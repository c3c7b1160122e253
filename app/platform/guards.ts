// The lock on every loader and action: each begins with one of these, and gets a context whose actor has that type.
// What one may not see does not exist: a wrong role answers 404. Who is not signed in is asked to, and comes back.
import { redirect } from '@remix-run/cloudflare'
import type { Viewer } from '~/domain/accounts/viewer.server'
import type {
  AdminActor,
  DeveloperActor,
  SuperAdminActor,
  UserActor,
  VisitorActor,
} from '~/domain/kernel/actor'
import type { DomainContext } from '~/domain/kernel/context'
import { paths } from './paths'
import { notFound } from './responses'
import type { RequestScope } from './scope'

export type GuardArgs = { request: Request; context: { scope: RequestScope } }

/** Anyone: the pages for signing in, and what needs no account. Content pages use `requireReader`. */
export async function requireVisitor(
  args: GuardArgs,
): Promise<DomainContext<VisitorActor | DeveloperActor | AdminActor>> {
  const { scope } = args.context
  return scope.contextFor((await scope.viewer()).actor)
}

/** Anyone who may read the portal, by its visibility: public, private (signed in), hidden (admins). */
export async function requireReader(
  args: GuardArgs,
): Promise<DomainContext<VisitorActor | DeveloperActor | AdminActor>> {
  const { scope } = args.context
  const viewer = await scope.viewer()
  const { visibility } = viewer.settings
  if (visibility === 'private' && viewer.actor.type === 'visitor') throw toLogin(args, 'private')
  if (visibility === 'hidden' && viewer.actor.type !== 'admin') throw toLogin(args, 'hidden')
  sendToDuty(viewer)
  return scope.contextFor(viewer.actor)
}

/**
 * The same lock on what a page reads. For a visitor it is asked for beside the settings, in one trip; what was read for
 * somebody who may not see it is dropped, and so is how the reading failed.
 */
export async function requireReaderFor<T>(
  args: GuardArgs,
  read: (ctx: DomainContext<VisitorActor | DeveloperActor | AdminActor>) => Promise<T>,
): Promise<T> {
  const { scope } = args.context
  if ((await scope.sessionTokenHash()) !== null) return read(await requireReader(args))
  const [lock, found] = await Promise.allSettled([
    requireReader(args),
    read(scope.contextFor({ type: 'visitor' })),
  ])
  if (lock.status === 'rejected') throw lock.reason
  if (found.status === 'rejected') throw found.reason
  return found.value
}

/** Whoever is signed in; `during` opens a page to somebody who must do just that before anything else. */
export async function requireUser(
  args: GuardArgs,
  options: { during?: Duty } = {},
): Promise<DomainContext<UserActor>> {
  const { scope } = args.context
  const viewer = await scope.viewer()
  if (viewer.actor.type === 'visitor') throw toLogin(args)
  sendToDuty(viewer, options.during)
  return scope.contextFor(viewer.actor)
}

export async function requireDeveloper(args: GuardArgs): Promise<DomainContext<DeveloperActor>> {
  const { scope } = args.context
  const viewer = await scope.viewer()
  if (viewer.actor.type === 'visitor') throw toLogin(args)
  if (viewer.actor.type !== 'developer') throw notFound()
  sendToDuty(viewer)
  return scope.contextFor(viewer.actor)
}

/** The lock of the organization's own pages. Nobody is super admin of the strangers in the default organization. */
export async function requireSuperAdmin(args: GuardArgs): Promise<DomainContext<SuperAdminActor>> {
  const ctx = await requireDeveloper(args)
  if (ctx.actor.orgRole !== 'super_admin' || ctx.actor.inDefaultOrganization) throw notFound()
  return { ...ctx, actor: { ...ctx.actor, orgRole: 'super_admin' } }
}

export async function requireAdmin(args: GuardArgs): Promise<DomainContext<AdminActor>> {
  const { scope } = args.context
  const viewer = await scope.viewer()
  if (viewer.actor.type === 'visitor') throw toLogin(args)
  if (viewer.actor.type !== 'admin') throw notFound()
  sendToDuty(viewer)
  return scope.contextFor(viewer.actor)
}

/** `/dev/…` exists in the demo and in tests only. */
export function requireDevelopment(args: GuardArgs): Env {
  const { env } = args.context.scope
  if (env.PORTICO_ENV !== 'demo' && env.PORTICO_ENV !== 'test') throw notFound()
  return env
}

/** What somebody must do before the portal opens. */
type Duty = 'password_change' | 'enrolment'

function sendToDuty(viewer: Viewer, here?: Duty): void {
  const duty: Duty | null = viewer.mustChangePassword
    ? 'password_change'
    : viewer.mustEnrol
      ? 'enrolment'
      : null
  if (duty === null || duty === here) return
  throw redirect(duty === 'password_change' ? paths.auth.changePassword : paths.dashboard.twoFactor, 303)
}

function toLogin(args: GuardArgs, reason?: 'private' | 'hidden'): Response {
  const url = new URL(args.request.url)
  // A form that was posted is not repeated: one comes back to the page that showed it.
  const isRead = args.request.method === 'GET' || args.request.method === 'HEAD'
  const returnTo = isRead ? `${url.pathname.replace(/\.data$/, '')}${withoutRemix(url)}` : null
  return redirect(paths.auth.login({ returnTo, reason }), 303)
}

function withoutRemix(url: URL): string {
  const params = new URLSearchParams(url.search)
  params.delete('_routes')
  const text = params.toString()
  return text ? `?${text}` : ''
}
