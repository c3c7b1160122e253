// The ids that stand in an address.
import { type Id, type IdPrefix, parseId } from '~/domain/kernel/ids'
import { notFound } from './responses'

/** What is no id of this kind leads nowhere: 404, as for an id of nothing. */
export function idParam<P extends IdPrefix>(
  args: { params: Readonly<Record<string, string | undefined>> },
  prefix: P,
  name: string,
): Id<P> {
  const id = parseId(prefix, args.params[name])
  if (!id) throw notFound()
  return id
}
