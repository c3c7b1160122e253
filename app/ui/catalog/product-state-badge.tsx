// Whether a product or a guide is published, in one word.
import { Badge } from '~/ui/badge'

export function ProductStateBadge({ state }: { state: 'draft' | 'published' }) {
  return state === 'published' ? (
    <Badge tone="green" dot>
      Published
    </Badge>
  ) : (
    <Badge tone="amber" dot>
      Draft
    </Badge>
  )
}
