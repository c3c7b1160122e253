// The page that asks for a reason before something is done to several people at once.
import type { UserState } from '~/domain/accounts/account'
import { countOf } from '~/ui/count-of'
import { FormErrors } from '~/ui/form-layout'
import { FormPage } from '~/ui/form-page'
import { ReasonField } from '~/ui/reason-field'
import type { ServerForm } from '~/ui/use-server-form'
import { ChosenFields, ChosenPeople, type ChosenPerson } from './chosen-people'

type ChosenUsersFormProps = {
  form: ServerForm
  /** Such as `Reject` and `registration`: the title and the button say how many. */
  verb: string
  noun: string
  description: string
  /** Who reads the reason. */
  hint: string
  people: readonly ChosenPerson[]
  fits: (state: UserState) => boolean
  usersTo: string
  returnTo: string
}

export function ChosenUsersForm(props: ChosenUsersFormProps) {
  const { form, verb, noun, description, hint, people, fits, usersTo, returnTo } = props
  const fitting = people.filter(({ state }) => fits(state)).length
  const title = `${verb} ${countOf(fitting, noun)}`
  return (
    <FormPage
      title={title}
      breadcrumbs={[{ label: 'Users', to: usersTo }]}
      description={description}
      form={form}
      submit={fitting > 0 ? title : null}
      danger
      cancelTo={returnTo}
    >
      <FormErrors errors={form.field('id').errors} />
      <ChosenPeople people={people} fits={fits} />
      <ChosenFields people={people} returnTo={returnTo} />
      <ReasonField form={form} hint={hint} />
    </FormPage>
  )
}
