import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/cloudflare'
import { useActionData, useLoaderData } from '@remix-run/react'
import { defaultAccent, setAccentColorInput, visibleCorrection } from '~/domain/settings/accent'
import { setAccentColor } from '~/domain/settings/set-accent-color.server'
import { parseForm } from '~/platform/forms'
import { requireAdmin } from '~/platform/guards'
import { paths } from '~/platform/paths'
import { respond } from '~/platform/responses'
import { Badge } from '~/ui/badge'
import { buttonClass } from '~/ui/button'
import { Callout } from '~/ui/callout'
import { FormFields } from '~/ui/form-layout'
import { FormPage } from '~/ui/form-page'
import { AccentField } from '~/ui/settings/accent-field'
import { BothThemes } from '~/ui/settings/both-themes'
import { useServerForm } from '~/ui/use-server-form'

export const meta: MetaFunction = () => [{ title: 'Accent color' }]

export async function loader(args: LoaderFunctionArgs) {
  await requireAdmin(args)
  const { accentColor } = (await args.context.scope.viewer()).settings
  return { accentColor, correctedTo: accentColor && visibleCorrection(accentColor) }
}

export async function action(args: ActionFunctionArgs) {
  const ctx = await requireAdmin(args)
  const form = await parseForm(args.request, setAccentColorInput)
  if (!form.ok) return form.response
  const { accentColor } = form.value
  const corrected = accentColor && visibleCorrection(accentColor)
  return respond(args, await setAccentColor(ctx, form.value), {
    form,
    redirectTo: paths.admin.accentColor,
    notice: ({ changed }) =>
      changed
        ? `The accent color is saved.${corrected ? ` Buttons show it as ${corrected}.` : ''}`
        : 'This is the accent color already',
  })
}

export default function AccentColor() {
  const { accentColor, correctedTo } = useLoaderData<typeof loader>()
  const form = useServerForm({
    id: 'accent-color',
    lastResult: useActionData<{ form: unknown }>()?.form,
    defaultValue: { accentColor: accentColor ?? '' },
  })
  return (
    <FormPage
      title="Accent color"
      breadcrumbs={[{ label: 'General settings', to: paths.admin.settings }]}
      description="Of buttons, links and marks, and of the buttons in mails."
      form={form}
      submit="Save color"
      cancelTo={paths.admin.settings}
      cancelLabel="Back to general settings"
    >
      <FormFields>
        <AccentField
          {...form.field('accentColor')}
          key={accentColor}
          defaultColor={defaultAccent}
          label="Color"
          optional
          maxLength={20}
          autoCapitalize="none"
          autoComplete="off"
          spellCheck={false}
          hint="“#” and six digits, such as #0f766e. Left empty, it is the portal’s own indigo."
        />
      </FormFields>
      {correctedTo && (
        <Callout tone="blue" title={`Buttons show ${accentColor} as ${correctedTo}`}>
          White words have to stay readable on it. Hue stays; lightness and strength are brought to where they
          are, in light and in dark.
        </Callout>
      )}
      <BothThemes>
        <div className="flex flex-wrap items-center gap-4" aria-hidden>
          <span className={buttonClass({ variant: 'primary' })}>Request access</span>
          <span className="text-accent-ink underline">A link</span>
          <Badge tone="accent">A badge</Badge>
        </div>
      </BothThemes>
    </FormPage>
  )
}
