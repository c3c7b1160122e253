// Who sees an app: everyone in the organization, one team, or its owner. It stands in an element with the class `group/app`,
// by which browsers that know :has() show the choice of a team only where it counts.
import { appVisibilityLabels } from '~/domain/apps/app'
import { SelectField } from '~/ui/field'
import { RadioCards } from '~/ui/radio-cards'
import type { useServerForm } from '~/ui/use-server-form'

type SharingFieldsProps = {
  form: ReturnType<typeof useServerForm>
  teams: readonly { id: string; name: string }[]
  names: { visibility: string; team: string }
  /** Named where it is not one's own. */
  organizationName?: string | undefined
}

export function SharingFields({ form, teams, names, organizationName }: SharingFieldsProps) {
  const typed = form.value(names.visibility)
  const { defaultValue: _, ...field } = form.field(names.visibility)
  return (
    <>
      <RadioCards
        {...field}
        legend="Visibility"
        defaultValue={typeof typed === 'string' ? typed : 'organization'}
        options={[
          {
            value: 'organization',
            title: appVisibilityLabels.organization,
            description: `Everyone in ${organizationName ?? 'your organization'} sees the app and its keys.`,
          },
          ...(teams.length > 0
            ? [
                {
                  value: 'team',
                  title: appVisibilityLabels.team,
                  description: 'Only the members of one team, and super admins.',
                },
              ]
            : []),
          {
            value: 'personal',
            title: appVisibilityLabels.personal,
            description: 'Only its owner. Super admins see that the app exists, but not its keys.',
          },
        ]}
      />
      {teams.length > 0 && (
        <div className="group-has-[input[value=team]:not(:checked)]/app:hidden">
          <SelectField
            {...form.field(names.team)}
            label="Team"
            options={[
              { value: '', label: 'Choose a team' },
              ...teams.map((team) => ({ value: team.id, label: team.name })),
            ]}
          />
        </div>
      )}
    </>
  )
}
