// Where the thing that an event is about has its page in the admin's part, if it has one. It may be gone by now.
import { paths } from './paths'

const { admin } = paths

const places: Record<string, (id: string) => string> = {
  user: admin.user,
  organization: admin.organization,
  team: admin.team,
  app: admin.app,
  access_request: admin.accessRequest,
  product: admin.product,
  plan: admin.plan,
  catalog: admin.catalog,
  gateway: admin.gateway,
  delivery: admin.delivery,
  settings: () => admin.settings,
  api_token: () => admin.apiTokens,
  invite_code: admin.inviteCode,
}

export function placeOfSubject(event: { subjectType: string; subjectId: string }): string | null {
  return places[event.subjectType]?.(event.subjectId) ?? null
}
