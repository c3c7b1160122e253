// Who sees a catalog, in one word.
import { type CatalogVisibility, visibilityWords } from '~/domain/catalog/catalog'
import { Badge, type Tone } from '~/ui/badge'

const tones: Record<CatalogVisibility, Tone> = { public: 'green', private: 'blue', custom: 'accent' }

export function VisibilityBadge({ visibility }: { visibility: CatalogVisibility }) {
  return <Badge tone={tones[visibility]}>{visibilityWords[visibility].label}</Badge>
}
