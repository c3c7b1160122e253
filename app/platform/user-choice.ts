// The ticked rows of the list of users.
import { chosenUsersInput } from '~/domain/accounts/many-users'
import { paths } from './paths'
import { rowChoice } from './row-choice'

export const userChoice = rowChoice({
  list: paths.admin.users,
  // The overview lists who waits.
  alsoAt: paths.admin.home,
  input: chosenUsersInput,
  none: 'Tick at least one user.',
})
