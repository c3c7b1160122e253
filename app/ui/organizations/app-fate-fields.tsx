// What becomes of the apps of somebody who is moved: the choices that there are, in the words of the two organizations.
import { type AppFate, appFates } from '~/domain/organizations/member'
import { countOf } from '~/ui/count-of'
import { SelectField } from '~/ui/field'
import { type RadioCard, RadioCards } from '~/ui/radio-cards'
import type { useServerForm } from '~/ui/use-server-form'

type AppFateFieldsProps = {
  form: ReturnType<typeof useServerForm>
  apps: number
  heirs: readonly { id: string; name: string; email: string }[]
  /** There are more members than are listed. */
  moreHeirs: boolean
  from: string
  to: string
  toDefault: boolean
}

export function AppFateFields({ form, apps, heirs, moreHeirs, from, to, toDefault }: AppFateFieldsProps) {
  if (apps === 0) return <input type="hidden" name="apps" value="personal" />
  const options: Record<AppFate, RadioCard | false> = {
    pass: heirs.length > 0 && {
      value: 'pass',
      title: `Stay in ${from}`,
      description: 'They pass to the member that you name. Their credentials go on working.',
    },
    personal: {
      value: 'personal',
      title: 'Go along, personal',
      description: toDefault
        ? 'In the default organization apps are always personal.'
        : `Nobody in ${to} sees their credentials until they are shared.`,
    },
    organization: !toDefault && {
      value: 'organization',
      title: `Go along, shared with ${to}`,
      description: 'Everybody there sees them and their credentials.',
    },
  }
  const typed = form.value('apps')
  const chosen = appFates.find((fate) => fate === typed) ?? (heirs.length > 0 ? 'pass' : 'personal')
  return (
    <div className="flex flex-col gap-4">
      <RadioCards
        id="move-user-apps"
        name="apps"
        legend={countOf(apps, 'app', 'apps')}
        hint="What was approved for them goes where they go."
        options={appFates.flatMap((fate) => options[fate] || [])}
        defaultValue={chosen}
        errors={form.field('apps').errors}
      />
      {heirs.length > 0 && (
        <SelectField
          {...form.field('heirId')}
          label="Who takes over the apps that stay"
          hint={
            moreHeirs
              ? 'The first 200 members, super admins before others. Whoever takes the apps can transfer them further.'
              : undefined
          }
          options={heirs.map((heir) => ({ value: heir.id, label: `${heir.name} (${heir.email})` }))}
        />
      )}
    </div>
  )
}
