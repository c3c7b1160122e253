// The plans of a catalog, side by side: what they allow, and who approves.
import { approvalLabel, keyLifetimeLabel, type PlanTerms, quotaLabel, rateLabel } from '~/domain/catalog/plan'

type PlanListProps = {
  plans: (PlanTerms & { id: string; name: string; description: string; approval: 'auto' | 'manual' })[]
}

export function PlanList({ plans }: PlanListProps) {
  if (plans.length === 0) return <p className="text-muted">No plan is offered in this catalog yet.</p>
  return (
    <ul className="grid gap-3 sm:grid-cols-2">
      {plans.map((plan) => (
        <li
          key={plan.id}
          className="flex min-w-0 flex-col gap-2 rounded-card border border-line p-4 wrap-anywhere"
        >
          <h4 className="font-semibold">{plan.name}</h4>
          {plan.description && <p className="text-muted">{plan.description}</p>}
          <ul className="flex flex-col gap-1 text-sm tabular-nums">
            <li>{rateLabel(plan) ?? 'No rate limit'}</li>
            <li>{quotaLabel(plan) ?? 'No quota'}</li>
            <li>{keyLifetimeLabel(plan)}</li>
            <li>{approvalLabel(plan.approval)}</li>
          </ul>
        </li>
      ))}
    </ul>
  )
}
