// The ticked rows of the list of access requests.
import { chosenRequestsInput } from '~/domain/access-requests/many-requests'
import { paths } from './paths'
import { rowChoice } from './row-choice'

export const requestChoice = rowChoice({
  list: paths.admin.accessRequests,
  input: chosenRequestsInput,
  none: 'Tick at least one request.',
})
