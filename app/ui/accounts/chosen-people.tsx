// Whom a page asks about before it does something to several people at once; and whom that will not fit.
import { inactiveReasons, type UserState } from '~/domain/accounts/account'

export type ChosenPerson = { id: string; name: string; email: string; state: UserState }

type ChosenPeopleProps = { people: readonly ChosenPerson[]; fits: (state: UserState) => boolean }

export function ChosenPeople({ people, fits }: ChosenPeopleProps) {
  const skipped = people.filter(({ state }) => !fits(state))
  return (
    <>
      <PeopleList people={people.filter(({ state }) => fits(state))} />
      {skipped.length > 0 && (
        <div className="flex flex-col gap-1">
          <p className="text-muted">
            {skipped.length === 1 ? 'One person is' : `${skipped.length} people are`} skipped:
          </p>
          <PeopleList
            people={skipped}
            note={({ state }) => (state === 'active' ? 'active' : inactiveReasons[state])}
          />
        </div>
      )}
    </>
  )
}

/** As many as are read before a decision; the number of the others is told. */
const shown = 10

export function PeopleList<P extends { name: string; email: string }>({
  people,
  note,
}: {
  people: readonly P[]
  note?: (person: P) => string
}) {
  const more = people.length - shown
  return (
    <ul className="flex list-disc flex-col gap-0.5 pl-5">
      {people.slice(0, more === 1 ? shown + 1 : shown).map((person) => (
        <li key={person.email} className="wrap-anywhere">
          {person.name} <span className="text-muted">({note ? note(person) : person.email})</span>
        </li>
      ))}
      {more > 1 && <li className="text-muted">and {more} more</li>}
    </ul>
  )
}

/** The ticked people and the way back, for the form that acts. */
export function ChosenFields({ people, returnTo }: { people: readonly { id: string }[]; returnTo: string }) {
  return (
    <>
      {people.map(({ id }) => (
        <input key={id} type="hidden" name="id" value={id} />
      ))}
      <input type="hidden" name="returnTo" value={returnTo} />
    </>
  )
}
