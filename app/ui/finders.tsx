// Finds what a form needs one of, before that form: a GET form, so it works without JavaScript and with any number of them.
import { Form } from '@remix-run/react'
import { Button } from './button'
import { TextField } from './field'

type FinderProps = { search: string; label: string }

export function PersonFinder(props: FinderProps) {
  return <Finder {...props} placeholder="Name or email address" />
}

export function TeamFinder(props: FinderProps) {
  return <Finder {...props} placeholder="Name of a team or an organization" />
}

function Finder({ search, label, placeholder }: FinderProps & { placeholder: string }) {
  return (
    <Form method="get" role="search" className="flex flex-col gap-4 sm:flex-row sm:items-end">
      <TextField
        key={search}
        name="search"
        label={label}
        type="search"
        defaultValue={search}
        placeholder={placeholder}
        maxLength={80}
        className="min-w-0 sm:w-96"
      />
      <Button type="submit">Find</Button>
    </Form>
  )
}
