// People in a row each, with one button: a form of its own that posts the person's id.
import { Form } from '@remix-run/react'
import { SubmitButton } from '~/ui/button'
import { cx } from '~/ui/class-names'

type PeopleListProps = {
  people: readonly { id: string; name: string; email: string }[]
  empty: string
  action?: string | undefined
  /** The field that carries the id. */
  name?: string | undefined
  verb?: string | undefined
  framed?: boolean | undefined
}

export function PeopleList({ people, empty, action, name, verb, framed }: PeopleListProps) {
  if (people.length === 0) return <p className={cx('text-muted', !framed && 'px-4 py-4 sm:px-6')}>{empty}</p>
  return (
    <ul className={cx('divide-y divide-line', framed && 'rounded-control border border-line')}>
      {people.map((person) => (
        <li
          key={person.id}
          className={cx('flex items-center gap-3 py-2.5', framed ? 'px-3.5' : 'px-4 sm:px-6')}
        >
          <span className="min-w-0 flex-1">
            <span className="block font-medium wrap-anywhere">{person.name}</span>
            <span className="block text-sm text-muted wrap-anywhere">{person.email}</span>
          </span>
          {action && name && (
            <Form method="post" action={action}>
              <input type="hidden" name={name} value={person.id} />
              <SubmitButton variant="secondary" size="sm" aria-label={`${verb} ${person.name}`}>
                {verb}
              </SubmitButton>
            </Form>
          )}
        </li>
      ))}
    </ul>
  )
}
