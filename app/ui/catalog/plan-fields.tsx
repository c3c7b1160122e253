// The fields of a plan: what it limits, how long credentials last, who approves, and where it is offered.
import { approvalLabel } from '~/domain/catalog/plan'
import { CheckboxGroup } from '~/ui/choice-field'
import { SelectField, TextAreaField, TextField } from '~/ui/field'
import { FieldSet, FormFields } from '~/ui/form-layout'
import { tickedValues } from '~/ui/form-values'
import { RadioCards } from '~/ui/radio-cards'
import type { ServerForm } from '~/ui/use-server-form'

const rateUnitOptions = [
  { value: 'unlimited', label: 'Unlimited' },
  { value: 'second', label: 'seconds' },
  { value: 'minute', label: 'minutes' },
  { value: 'hour', label: 'hours' },
  { value: 'day', label: 'days' },
]

const quotaOptions = [
  { value: 'unlimited', label: 'Unlimited' },
  { value: 'hour', label: 'an hour' },
  { value: 'day', label: 'a day' },
  { value: 'week', label: 'a week' },
  { value: 'month', label: 'a month' },
]

type PlanFieldsProps = {
  form: ServerForm
  catalogs: readonly { id: string; name: string }[]
  chosenCatalogs: readonly string[]
}

export function PlanFields({ form, catalogs, chosenCatalogs }: PlanFieldsProps) {
  return (
    <>
      <FormFields>
        <TextField {...form.field('name')} label="Name" maxLength={80} required />
        <TextAreaField {...form.field('description')} label="Description" optional rows={2} maxLength={500} />
      </FormFields>
      <FieldSet
        legend="Rate limit"
        hint="How many calls in a short time. A client that is over it waits seconds."
      >
        <div className="grid max-w-form gap-4 sm:grid-cols-3">
          <TextField {...form.field('rateLimit')} label="Calls" type="number" min={1} />
          <TextField {...form.field('rateEvery')} label="In how many" type="number" min={1} />
          <SelectField {...form.field('rateUnit')} label="Period" options={rateUnitOptions} />
        </div>
      </FieldSet>
      <FieldSet
        legend="Quota"
        hint="How many calls by the calendar, in UTC. A client that is over it waits for the next period."
      >
        <div className="grid max-w-form gap-4 sm:grid-cols-3">
          <TextField {...form.field('quotaLimit')} label="Calls" type="number" min={1} />
          <SelectField {...form.field('quotaPeriod')} label="Period" options={quotaOptions} />
        </div>
      </FieldSet>
      <FormFields>
        <TextField
          {...form.field('keyLifetimeDays')}
          label="Credentials last, in days"
          type="number"
          min={1}
          max={3650}
          optional
          hint="Leave it empty for keys that do not expire."
          className="sm:w-64"
        />
        <RadioCards
          id={form.field('approval').id}
          name="approval"
          legend="Approval"
          errors={form.field('approval').errors}
          defaultValue={form.field('approval').defaultValue}
          columns
          options={[
            {
              value: 'manual',
              title: approvalLabel('manual'),
              description: 'A request waits until an admin has decided.',
            },
            {
              value: 'auto',
              title: approvalLabel('auto'),
              description: 'The key is there as soon as somebody asks.',
            },
          ]}
        />
        {catalogs.length > 0 && (
          <CheckboxGroup
            id={form.field('catalogIds').id}
            name="catalogIds"
            legend="Offered in"
            hint="A plan can be chosen for the products of these catalogs only."
            options={catalogs.map(({ id, name }) => ({ value: id, label: name }))}
            defaultValues={tickedValues(form.failed, form.value('catalogIds'), chosenCatalogs)}
            errors={form.field('catalogIds').errors}
            columns
          />
        )}
      </FormFields>
    </>
  )
}
