import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/cloudflare'
import { useActionData, useLoaderData } from '@remix-run/react'
import { ShoppingCart } from 'lucide-react'
import { submitAccessRequestInput } from '~/domain/access-requests/access-request'
import { severalCatalogsNotice } from '~/domain/access-requests/cart'
import { getCart } from '~/domain/access-requests/queries-cart.server'
import { submitAccessRequest } from '~/domain/access-requests/submit-access-request.server'
import { parseId } from '~/domain/kernel/ids'
import { parseForm } from '~/platform/forms'
import { requireDeveloper } from '~/platform/guards'
import { paths } from '~/platform/paths'
import { failedForm, respond } from '~/platform/responses'
import { CartSection } from '~/ui/access-requests/cart-section'
import { ButtonLink } from '~/ui/button'
import { Callout } from '~/ui/callout'
import { Card } from '~/ui/card'
import { EmptyState } from '~/ui/empty-state'
import { PageHeader } from '~/ui/page-header'

export const meta: MetaFunction = () => [{ title: 'Cart' }]

export async function loader(args: LoaderFunctionArgs) {
  const ctx = await requireDeveloper(args)
  const sent = new URL(args.request.url).searchParams.get('sent')
  return getCart(ctx, parseId('req', sent ?? undefined))
}

export async function action(args: ActionFunctionArgs) {
  const ctx = await requireDeveloper(args)
  const form = await parseForm(args.request, submitAccessRequestInput)
  if (!form.ok) return form.response
  const result = await submitAccessRequest(ctx, form.value)
  // What one may not see does not exist, but the cart stays there, with what was typed.
  if (!result.ok && result.error.code === 'not_found') return failedForm(form, result.error)
  return respond(args, result, { form, redirectTo: ({ requestId }) => `${paths.cart}?sent=${requestId}` })
}

export default function CartPage() {
  const cart = useLoaderData<typeof loader>()
  const failed = (useActionData() as { form?: unknown } | undefined)?.form
  return (
    <div className="flex flex-col gap-6">
      <PageHeader
        title="Cart"
        description="Choose a plan and an app for each catalog, then request access."
      />
      {cart.sent && <SentNotice sent={cart.sent} />}
      {failed !== undefined && !cart.sections.some((section) => isOpen(section, failed)) && (
        <NotSent answer={failed} />
      )}
      {cart.hasSeveralCatalogs && <Callout>{severalCatalogsNotice}</Callout>}
      {cart.sections.map((section) => (
        <CartSection
          key={section.key}
          section={section}
          choices={{ apps: cart.apps, teams: cart.teams, canShare: cart.canShareApps }}
          held={cart.held}
          keys={cart.keys}
          lastResult={sectionOf(failed) === section.key ? failed : null}
          submitTo={paths.cart}
          removeTo={paths.cartRemove}
          productTo={paths.product}
        />
      ))}
      {cart.sections.length === 0 && !cart.sent && (
        <Card>
          <EmptyState
            icon={ShoppingCart}
            title="Your cart is empty"
            action={
              <ButtonLink to={paths.catalogs} variant="primary">
                Browse products
              </ButtonLink>
            }
          >
            Add the products that your app needs, then request access to them here.
          </EmptyState>
        </Card>
      )}
    </div>
  )
}

/** Each section has its own form: which one was sent is told by its hidden fields. */
function sectionOf(failed: unknown): string | null {
  if (typeof failed !== 'object' || failed === null || !('initialValue' in failed)) return null
  const { section } = failed.initialValue as Record<string, unknown>
  return typeof section === 'string' ? section : null
}

/** The form that was sent is still on the page, and tells its errors itself. */
function isOpen(
  section: { key: string; plans: unknown[]; items: { problem: string | null }[] },
  failed: unknown,
) {
  const hasForm = section.plans.length > 0 && section.items.some((item) => item.problem === null)
  return section.key === sectionOf(failed) && hasForm
}

/** What was asked for is not in the cart any more: nothing that was typed is lost by that. */
function NotSent({ answer }: { answer: unknown }) {
  const { error, initialValue } = answer as {
    error?: Record<string, string[] | null> | null
    initialValue?: Record<string, unknown>
  }
  const note = initialValue?.['note']
  return (
    <div role="alert">
      <Callout tone="amber" title="The request was not sent">
        <p>{Object.values(error ?? {}).flat()[0] ?? 'The cart has changed. Look at it as it is now.'}</p>
        {typeof note === 'string' && note !== '' && (
          <p className="mt-2 whitespace-pre-line">{`Your note was: ${note}`}</p>
        )}
      </Callout>
    </div>
  )
}

function SentNotice({ sent }: { sent: { appId: string; state: string } }) {
  return (
    <div role="status">
      <Callout
        tone="green"
        title="Your request has been sent."
        action={
          <>
            <ButtonLink to={paths.dashboard.apps} variant="primary" size="sm">
              Go to My apps
            </ButtonLink>
            <ButtonLink to={paths.dashboard.app(sent.appId)} size="sm">
              Open the app
            </ButtonLink>
          </>
        }
      >
        {sent.state === 'approved'
          ? 'It was approved at once: the key is on the app’s page.'
          : 'You will get an email when it is decided. Until then it is listed on the app’s page.'}
      </Callout>
    </div>
  )
}
