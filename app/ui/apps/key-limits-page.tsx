// What people allow a key within its plan: its name, from where, with which methods, on which paths, from when to when.
import { limitableMethods, minuteText } from '~/domain/apps/credential-limits'
import { Callout } from '~/ui/callout'
import { CheckboxGroup } from '~/ui/choice-field'
import { formatFull } from '~/ui/date-time'
import { TextAreaField, TextField } from '~/ui/field'
import { FieldRow, FormFields } from '~/ui/form-layout'
import { FormPage } from '~/ui/form-page'
import { type ServerForm, useServerForm } from '~/ui/use-server-form'
import type { KeyPageProps } from './rotate-key-page'

type KeyLimitsPageProps = KeyPageProps & {
  credential: {
    planExpiresAt: number | null
    version: number
    limits: {
      ipRanges: string[]
      methods: string[]
      paths: string[]
      notBefore: number | null
      ownExpiresAt: number | null
    }
  }
  lastResult: unknown
}

export function KeyLimitsPage({ credential, list, appTo, lastResult }: KeyLimitsPageProps) {
  const { limits, version } = credential
  const form = useServerForm({
    id: 'key-limits',
    lastResult,
    defaultValue: {
      name: credential.name,
      ipRanges: limits.ipRanges.join('\n'),
      paths: limits.paths.join('\n'),
      notBefore: minuteText(limits.notBefore),
      ownExpiresAt: minuteText(limits.ownExpiresAt),
    },
  })
  const canChange = credential.state === 'active'
  return (
    <FormPage
      title="Limits of a key"
      breadcrumbs={[list, { label: credential.appName, to: appTo }]}
      description={`${credential.name}, ending in ${credential.hint}`}
      form={form}
      submit={canChange ? 'Save limits' : null}
      cancelTo={appTo}
      cancelLabel={canChange ? 'Cancel' : 'Back to the app'}
    >
      {canChange ? (
        <>
          <p className="max-w-text text-muted">
            A key that leaks can do no more than you allow here. What is left empty is not limited beyond its
            plan. The gateway follows within 10 seconds, and a rotated key keeps its limits.
          </p>
          {/* From the page, not from what was sent: after a refusal it is the state that is there now. */}
          <input type="hidden" name="version" value={version} />
          <LimitFields form={form} methods={limits.methods} planExpiresAt={credential.planExpiresAt} />
        </>
      ) : (
        <Callout title="The limits of this key cannot be changed">
          It was replaced or revoked, or it has expired. Change the limits of the key that works.
        </Callout>
      )}
    </FormPage>
  )
}

type LimitFieldsProps = { form: ServerForm; methods: string[]; planExpiresAt: number | null }

function LimitFields({ form, methods, planExpiresAt }: LimitFieldsProps) {
  const { defaultValue: _, ...methodsField } = form.field('methods')
  return (
    <FormFields>
      <TextField {...form.field('name')} label="Name" maxLength={100} autoComplete="off" required />
      <TextAreaField
        {...form.field('ipRanges')}
        label="Allowed IP addresses"
        optional
        mono
        hint="One address or range a line, such as 203.0.113.7, 198.51.100.0/24 or 2001:db8::/32; 50 at most. A server that also calls over IPv6 needs a line for that."
      />
      <CheckboxGroup
        {...methodsField}
        legend="Allowed methods"
        hint="None ticked means all of them."
        defaultValues={form.failed ? ticked(form.value('methods')) : methods}
        options={limitableMethods.map((method) => ({ value: method, label: method }))}
        columns
      />
      <TextAreaField
        {...form.field('paths')}
        label="Allowed paths"
        optional
        mono
        hint="One path below the base URL a line. /pets is that path alone, /pets/* is everything below it. They count for every API of the key."
      />
      <FieldRow>
        <TextField
          {...form.field('notBefore')}
          type="datetime-local"
          label="Works from (UTC)"
          optional
          hint="Before that, its calls are refused."
        />
        <TextField
          {...form.field('ownExpiresAt')}
          type="datetime-local"
          label="Stops working at (UTC)"
          optional
          hint={
            planExpiresAt === null
              ? 'Its plan sets no end.'
              : `Its plan ends it on ${formatFull(planExpiresAt).replace(/:\d\d UTC$/, ' UTC')} at the latest.`
          }
        />
      </FieldRow>
    </FormFields>
  )
}

/** One box comes back as a text, several as a list. */
function ticked(value: unknown): string[] {
  return [value].flat().filter((one) => typeof one === 'string')
}
