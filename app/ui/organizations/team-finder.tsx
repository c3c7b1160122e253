// Finds teams before the form that needs one: a GET form, so it works without JavaScript and with any number of teams.
import { Form } from '@remix-run/react'
import { Button } from '~/ui/button'
import { TextField } from '~/ui/field'

export function TeamFinder({ search }: { search: string }) {
  return (
    <Form method="get" role="search" className="flex flex-col gap-4 sm:flex-row sm:items-end">
      <TextField
        key={search}
        name="search"
        label="Find team"
        type="search"
        defaultValue={search}
        placeholder="Name of a team or an organization"
        maxLength={80}
        className="min-w-0 sm:w-96"
      />
      <Button type="submit">Find</Button>
    </Form>
  )
}
