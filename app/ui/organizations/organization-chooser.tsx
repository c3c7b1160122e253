// Chooses an organization before the form that needs its teams: a GET form, so it works without JavaScript and with any
// number of organizations. With JavaScript a choice acts at once.
import { Form, useSubmit } from '@remix-run/react'
import { Button } from '~/ui/button'
import { SelectField, TextField } from '~/ui/field'

type OrganizationChooserProps = {
  organizations: readonly { id: string; name: string }[]
  chosenId: string | null
  search: string
  /** There are more than the list shows. */
  more: boolean
}

export function OrganizationChooser({ organizations, chosenId, search, more }: OrganizationChooserProps) {
  const submit = useSubmit()
  return (
    <Form method="get" className="flex flex-col gap-4 sm:flex-row sm:items-end">
      {(more || search !== '') && (
        <TextField
          key={search}
          name="search"
          label="Find organization"
          type="search"
          defaultValue={search}
          className="sm:w-64"
          maxLength={80}
        />
      )}
      <SelectField
        key={chosenId}
        name="organization"
        label="Organization"
        defaultValue={chosenId ?? undefined}
        options={organizations.map(({ id, name }) => ({ value: id, label: name }))}
        onChange={(event) => submit(event.currentTarget.form, { replace: true, preventScrollReset: true })}
        className="min-w-0 sm:flex-1"
      />
      <Button type="submit">Choose</Button>
    </Form>
  )
}
