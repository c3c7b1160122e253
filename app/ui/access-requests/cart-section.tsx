// One section of the cart: its products, and the form that turns them into a request. It works without JavaScript: the
// fields of a new app are always in the form, and count only when "Create a new app" is chosen.
import { Form } from '@remix-run/react'
import { X } from 'lucide-react'
import type { HeldProduct, ReusableKey, CartSection as Section } from '~/domain/access-requests/cart'
import { credentialTypeLabels } from '~/domain/apps/credential'
import { approvalLabel, keyLifetimeLabel, limitsLabel } from '~/domain/catalog/plan'
import { CredentialTypeChoice } from '~/ui/apps/credential-type-choice'
import { IconButton, SubmitButton } from '~/ui/button'
import { Callout } from '~/ui/callout'
import { Card, CardBody, CardHeader } from '~/ui/card'
import { SelectField, TextAreaField } from '~/ui/field'
import { FormActions, FormErrors, FormFields } from '~/ui/form-layout'
import { RadioCards } from '~/ui/radio-cards'
import { TextLink } from '~/ui/text-link'
import { useServerForm } from '~/ui/use-server-form'
import { AppChoice, type AppChoices } from './app-choice'

type CartSectionProps = {
  section: Section & { submissionId: string }
  choices: AppChoices
  /** What the apps have of the products in the cart, and the keys that could serve more. */
  held: readonly HeldProduct[]
  keys: readonly ReusableKey[]
  /** The answer to this very section's form, or null. */
  lastResult: unknown
  submitTo: string
  removeTo: string
  productTo: (slug: string) => string
}

export function CartSection({
  section,
  choices,
  held,
  keys,
  lastResult,
  submitTo,
  removeTo,
  productTo,
}: CartSectionProps) {
  const ready = section.items.filter((item) => item.problem === null)
  return (
    <Card>
      <CardHeader
        title={section.catalogName}
        description={`${section.credentialTypes.map((type) => credentialTypeLabels[type]).join(' or ')} for the products below`}
      />
      <ul className="divide-y divide-line">
        {section.items.map((item) => (
          <li key={item.id} className="flex items-start justify-between gap-4 px-4 py-3 sm:px-6">
            <div className="min-w-0">
              {item.problem === null ? (
                <TextLink plain to={productTo(item.slug)} className="font-medium">
                  {item.name}
                </TextLink>
              ) : (
                <span className="font-medium">{item.name}</span>
              )}
              {item.problem === null ? (
                <p className="text-sm text-muted">{item.summary}</p>
              ) : (
                <p className="text-sm text-red-ink">{item.problem}</p>
              )}
              <Held held={held.filter((one) => one.productId === item.id)} />
            </div>
            <Form method="post" action={removeTo}>
              <input type="hidden" name="catalogId" value={section.catalogId} />
              <input type="hidden" name="productId" value={item.id} />
              <IconButton type="submit" icon={X} label={`Remove ${item.name} from the cart`} />
            </Form>
          </li>
        ))}
      </ul>
      {ready.length > 0 && (
        <CardBody className="border-t border-line">
          {section.plans.length > 0 ? (
            <RequestForm
              section={section}
              productIds={ready.map((item) => item.id)}
              choices={choices}
              keys={keys.filter(
                (key) => key.catalogId === section.catalogId && section.credentialTypes.includes(key.type),
              )}
              lastResult={lastResult}
              submitTo={submitTo}
            />
          ) : (
            <Callout tone="amber" title="No plan is offered for this catalog">
              Access cannot be requested until there is one. Your cart is kept.
            </Callout>
          )}
        </CardBody>
      )}
    </Card>
  )
}

/** As many as are read beside a product. */
const shownHeld = 3

function Held({ held }: { held: readonly HeldProduct[] }) {
  if (held.length === 0) return null
  const more = held.length - shownHeld
  return (
    <p className="text-sm text-muted">
      {held
        .slice(0, shownHeld)
        .map(({ appName, planName, state }) =>
          state === 'approved'
            ? `${appName} has it under the plan ${planName}.`
            : `${appName} waits for it under the plan ${planName}.`,
        )
        .join(' ')}
      {more > 0 && ` So do ${more} more of your apps.`}
    </p>
  )
}

type RequestFormProps = Pick<CartSectionProps, 'section' | 'choices' | 'keys' | 'lastResult' | 'submitTo'> & {
  productIds: readonly string[]
}

function RequestForm({ section, productIds, choices, keys, lastResult, submitTo }: RequestFormProps) {
  const form = useServerForm({ id: section.key, lastResult })
  const typedPlan = form.value('planId')
  const onlyPlan = section.plans.length === 1 ? section.plans[0]?.id : undefined
  const { defaultValue: _, ...planField } = form.field('planId')
  return (
    <Form {...form.props} action={submitTo}>
      <input type="hidden" name="section" value={section.key} />
      <input type="hidden" name="submissionId" value={section.submissionId} />
      <input type="hidden" name="catalogId" value={section.catalogId} />
      {productIds.map((id) => (
        <input key={id} type="hidden" name="productIds" value={id} />
      ))}
      <FormFields wide>
        <FormErrors errors={form.errors} />
        <RadioCards
          {...planField}
          legend="Plan"
          defaultValue={typeof typedPlan === 'string' ? typedPlan : onlyPlan}
          columns
          options={section.plans.map((plan) => ({
            value: plan.id,
            title: plan.name,
            meta: approvalLabel(plan.approval),
            description: (
              <>
                {plan.description && <span className="block">{plan.description}</span>}
                {limitsLabel(plan)}. {keyLifetimeLabel(plan)}.
              </>
            ),
          }))}
        />
        <CredentialTypeChoice form={form} types={section.credentialTypes} />
        <AppChoice form={form} choices={choices} />
        {keys.length > 0 && (
          <div className="max-w-form">
            <SelectField
              {...form.field('credentialId')}
              label="Credential"
              hint="A credential can open more products of this catalog under its plan. Each request keeps limits of its own."
              options={[
                { value: '', label: 'A new credential' },
                ...keys.map((key) => ({
                  value: key.id,
                  label: `${key.name} (…${key.hint}) of ${key.appName}, plan ${key.planName}`,
                })),
              ]}
            />
          </div>
        )}
        <TextAreaField
          {...form.field('note')}
          label="Note to the approver"
          optional
          rows={3}
          maxLength={1000}
          className="max-w-form"
          hint="What you build, and anything that helps to decide."
        />
        <FormActions>
          <SubmitButton>Request access</SubmitButton>
        </FormActions>
      </FormFields>
    </Form>
  )
}
