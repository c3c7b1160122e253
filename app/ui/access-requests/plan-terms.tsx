// The terms of a plan in one quiet line.
import { keyLifetimeLabel, limitsLabel, type PlanTerms as Terms } from '~/domain/catalog/plan'

export type { Terms }

export function PlanTerms({ terms }: { terms: Terms }) {
  return (
    <span className="block text-sm text-muted">
      {limitsLabel(terms)}. {keyLifetimeLabel(terms)}.
    </span>
  )
}
