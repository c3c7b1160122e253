import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/cloudflare'
import { Form, useLoaderData } from '@remix-run/react'
import { BellOff } from 'lucide-react'
import { listNews, type News } from '~/domain/notifications/queries-bell.server'
import { placeOfSubject } from '~/platform/event-places'
import { requireUser } from '~/platform/guards'
import { paths } from '~/platform/paths'
import { Badge } from '~/ui/badge'
import { ButtonLink, SubmitButton } from '~/ui/button'
import { Card, CardBody } from '~/ui/card'
import { DateTime } from '~/ui/date-time'
import { EmptyState } from '~/ui/empty-state'
import { PageHeader } from '~/ui/page-header'
import { TextLink } from '~/ui/text-link'

export const meta: MetaFunction = () => [{ title: 'Notifications' }]

export async function loader(args: LoaderFunctionArgs) {
  const ctx = await requireUser(args)
  const { news, seenAt } = await listNews(ctx)
  const isAdmin = ctx.actor.type === 'admin'
  return {
    now: ctx.now,
    isAdmin,
    hasNew: news.some(({ at }) => at > seenAt),
    news: news.map((item) => ({
      id: item.id,
      at: item.at,
      title: item.title.charAt(0).toUpperCase() + item.title.slice(1),
      isNew: item.at > seenAt,
      to: isAdmin
        ? placeOfSubject({ subjectType: item.about.type, subjectId: item.about.id })
        : placeForDeveloper(item.about),
    })),
  }
}

function placeForDeveloper({ type, id, appId }: News['about']): string {
  if (appId) return paths.dashboard.app(appId)
  if (type === 'app') return paths.dashboard.app(id)
  return type === 'user' ? paths.dashboard.profile : paths.dashboard.home
}

export default function NotificationsPage() {
  const { now, isAdmin, hasNew, news } = useLoaderData<typeof loader>()
  return (
    <>
      <PageHeader
        title="Notifications"
        description={
          isAdmin ? 'What waits for you, and what could not be delivered.' : 'What the portal told you.'
        }
        actions={
          hasNew && (
            <Form method="post" action={paths.dashboard.seeNotifications}>
              <input type="hidden" name="until" value={now} />
              <SubmitButton variant="secondary">Mark all as read</SubmitButton>
            </Form>
          )
        }
      />
      {news.length === 0 ? (
        <Card>
          <EmptyState
            icon={BellOff}
            title="Nothing here"
            action={
              isAdmin ? (
                <ButtonLink to={paths.admin.home}>Go to the overview</ButtonLink>
              ) : (
                <ButtonLink to={paths.dashboard.apps}>Go to my apps</ButtonLink>
              )
            }
          >
            {isAdmin
              ? 'People, organizations and requests that wait for you are listed here.'
              : 'When something happens to your apps, your access or your organization, it is listed here.'}
          </EmptyState>
        </Card>
      ) : (
        <Card>
          <CardBody flush>
            <ul className="divide-y divide-line">
              {news.map((item) => (
                <li
                  key={item.id}
                  className="flex gap-x-6 gap-y-1 px-4 py-3 max-sm:flex-col sm:items-baseline sm:justify-between sm:px-6"
                >
                  <span className="min-w-0 wrap-anywhere">
                    {item.to ? (
                      <TextLink to={item.to} quiet className={item.isNew ? 'font-medium' : undefined}>
                        {item.title}
                      </TextLink>
                    ) : (
                      item.title
                    )}
                  </span>
                  <span className="flex shrink-0 items-center gap-3 text-sm text-muted">
                    {item.isNew && <Badge tone="accent">New</Badge>}
                    <DateTime value={item.at} now={now} relative />
                  </span>
                </li>
              ))}
            </ul>
          </CardBody>
        </Card>
      )}
    </>
  )
}
