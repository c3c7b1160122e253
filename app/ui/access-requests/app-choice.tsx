// Which app a request is for: one that exists, or a new one whose fields stand right there.
import { SharingFields } from '~/ui/apps/sharing-fields'
import { SelectField, TextAreaField, TextField } from '~/ui/field'
import { RadioCards } from '~/ui/radio-cards'
import type { useServerForm } from '~/ui/use-server-form'

export type AppChoices = {
  apps: readonly { id: string; name: string }[]
  teams: readonly { id: string; name: string }[]
  /** False in the default organization, where an app is always personal. */
  canShare: boolean
}

type AppChoiceProps = { form: ReturnType<typeof useServerForm>; choices: AppChoices }

export function AppChoice({ form, choices }: AppChoiceProps) {
  const typed = form.value('appChoice')
  const hasApps = choices.apps.length > 0
  const { defaultValue: _, ...choiceField } = form.field('appChoice')
  return (
    // Where the browser knows :has(), only the fields of the chosen kind are shown.
    <div className="group/app flex max-w-form flex-col gap-4">
      {hasApps ? (
        <RadioCards
          {...choiceField}
          legend="App"
          defaultValue={typed === 'new' ? 'new' : 'existing'}
          options={[
            { value: 'existing', title: 'An existing app' },
            { value: 'new', title: 'Create a new app' },
          ]}
        />
      ) : (
        <>
          <input type="hidden" name="appChoice" value="new" />
          <h3 className="font-medium">Create a new app</h3>
        </>
      )}
      {hasApps && (
        <div className="group-has-[input[value=new]:checked]/app:hidden">
          <SelectField
            {...form.field('appId')}
            label="Existing app"
            options={[
              ...(choices.apps.length > 1 ? [{ value: '', label: 'Choose an app' }] : []),
              ...choices.apps.map((app) => ({ value: app.id, label: app.name })),
            ]}
          />
        </div>
      )}
      <div className="flex flex-col gap-4 group-has-[input[value=existing]:checked]/app:hidden">
        <TextField {...form.field('appName')} label="App name" maxLength={80} autoComplete="off" />
        <TextAreaField
          {...form.field('appDescription')}
          label="Description"
          optional
          rows={2}
          maxLength={500}
        />
        {choices.canShare && (
          <SharingFields
            form={form}
            teams={choices.teams}
            names={{ visibility: 'appVisibility', team: 'appTeamId' }}
          />
        )}
        <TextAreaField
          {...form.field('appRedirectUrls')}
          label="Redirect URLs"
          optional
          rows={2}
          mono
          hint="One a line. Only programs that send people to log in need them."
        />
      </div>
    </div>
  )
}
