// The form of an endpoint: where, what for, and which events. Browsers that know :has() show the events only where they count.
import { ChevronRight } from 'lucide-react'
import { eventTypeLabel } from '~/domain/notifications/audit-log'
import { typesBySubject, type WebhookScope } from '~/domain/notifications/webhook'
import { CheckboxField } from '~/ui/choice-field'
import { countOf } from '~/ui/count-of'
import { TextField } from '~/ui/field'
import { FieldSet, FormFields } from '~/ui/form-layout'
import { FormPage } from '~/ui/form-page'
import { tickedValues } from '~/ui/form-values'
import { RadioCards } from '~/ui/radio-cards'
import { type ServerForm, useServerForm } from '~/ui/use-server-form'
import { crumbsOf, type WebhookPlace } from './webhook-place'

type Stored = {
  id: string
  name: string
  url: string
  description: string
  allEvents: boolean
  eventTypes: readonly string[]
}

type WebhookFormPageProps = { place: WebhookPlace; lastResult: unknown; webhook?: Stored }

export function WebhookFormPage({ place, lastResult, webhook }: WebhookFormPageProps) {
  const form = useServerForm({
    id: webhook ? 'edit-webhook' : 'new-webhook',
    lastResult,
    defaultValue: {
      url: webhook?.url ?? '',
      description: webhook?.description ?? '',
      events: webhook?.allEvents === false ? 'chosen' : 'all',
    },
  })
  return (
    <FormPage
      title={webhook ? 'Edit webhook' : 'Add webhook'}
      breadcrumbs={crumbsOf(place, webhook)}
      form={form}
      submit={webhook ? 'Save' : 'Add webhook'}
      cancelTo={webhook ? place.to.one(webhook.id) : place.to.list}
    >
      <FormFields>
        <TextField
          {...form.field('url')}
          label="Address"
          hint="Where your program takes events, with https. It answers with 2xx within 15 seconds."
          inputMode="url"
          autoCapitalize="none"
          autoComplete="off"
          spellCheck={false}
          maxLength={500}
          mono
          required
        />
        <TextField
          {...form.field('description')}
          label="Description"
          hint="What you call it here, such as the name of the program."
          autoComplete="off"
          maxLength={120}
          optional
        />
      </FormFields>
      <div className="group/webhook flex flex-col gap-4">
        <EventChoice form={form} scope={place.scope} stored={webhook?.eventTypes ?? []} />
      </div>
    </FormPage>
  )
}

type EventChoiceProps = { form: ServerForm; scope: WebhookScope; stored: readonly string[] }

function EventChoice({ form, scope, stored }: EventChoiceProps) {
  const typed = form.value('events')
  const { defaultValue: _, ...field } = form.field('events')
  const types = form.field('eventTypes')
  const ticked = tickedValues(form.failed, form.value('eventTypes'), stored)
  return (
    <>
      <RadioCards
        {...field}
        legend="Events"
        columns
        defaultValue={typed === 'chosen' ? 'chosen' : 'all'}
        options={[
          {
            value: 'all',
            title: 'All events',
            description:
              scope === 'portal'
                ? 'Whatever happens, new kinds of events included.'
                : 'All that concern apps, keys, quotas, requests and members.',
          },
          { value: 'chosen', title: 'Chosen events', description: 'Only those that you tick.' },
        ]}
      />
      <div className="group-has-[input[value=chosen]:not(:checked)]/webhook:hidden">
        <FieldSet legend="Which events" id={types.id} errors={types.errors}>
          <div className="grid items-start gap-2 sm:grid-cols-2">
            {typesBySubject(scope).map(({ subject, types: offered }) => (
              <details
                key={subject}
                open={scope === 'organization' || offered.some((type) => ticked.includes(type))}
                className="group/subject rounded-control border border-line"
              >
                <summary className="flex cursor-pointer items-center gap-2 rounded-control px-3 py-2 font-medium hover:bg-hover">
                  <ChevronRight
                    aria-hidden
                    className="size-4 shrink-0 text-muted group-open/subject:rotate-90"
                  />
                  <span className="flex-1">{eventTypeLabel(subject)}</span>
                  <span className="text-sm font-normal text-muted">
                    {countOf(offered.length, 'event', 'events')}
                  </span>
                </summary>
                <div className="grid gap-2 border-t border-line p-3">
                  {offered.map((type) => (
                    <CheckboxField
                      key={type}
                      id={`${types.id}-${type}`}
                      name="eventTypes"
                      value={type}
                      label={eventTypeLabel(type)}
                      hint={<code className="text-xs">{type}</code>}
                      defaultChecked={ticked.includes(type)}
                    />
                  ))}
                </div>
              </details>
            ))}
          </div>
        </FieldSet>
      </div>
    </>
  )
}
