// Finds people before the form that needs one: a GET form, so it works without JavaScript and with any number of people.
import { Form } from '@remix-run/react'
import { Button } from './button'
import { TextField } from './field'

export function PersonFinder({ search, label }: { search: string; label: string }) {
  return (
    <Form method="get" role="search" className="flex flex-col gap-4 sm:flex-row sm:items-end">
      <TextField
        key={search}
        name="search"
        label={label}
        type="search"
        defaultValue={search}
        placeholder="Name or email address"
        maxLength={80}
        className="min-w-0 sm:w-96"
      />
      <Button type="submit">Find</Button>
    </Form>
  )
}
