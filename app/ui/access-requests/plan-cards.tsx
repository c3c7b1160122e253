// The plans of a catalog as cards, of which one is chosen.
import { approvalLabel, keyLifetimeLabel, limitsLabel, type PlanTerms } from '~/domain/catalog/plan'
import { RadioCards } from '~/ui/radio-cards'
import type { ServerForm } from '~/ui/use-server-form'

type Plan = PlanTerms & { id: string; name: string; description: string; approval?: 'auto' | 'manual' }

type PlanCardsProps = {
  form: ServerForm
  plans: readonly Plan[]
  chosen?: string | undefined
  legend?: string | undefined
}

export function PlanCards({ form, plans, chosen, legend = 'Plan' }: PlanCardsProps) {
  const typed = form.value('planId')
  const onlyPlan = plans.length === 1 ? plans[0]?.id : undefined
  const { defaultValue: _, ...field } = form.field('planId')
  return (
    <RadioCards
      {...field}
      legend={legend}
      defaultValue={typeof typed === 'string' ? typed : (chosen ?? onlyPlan)}
      columns
      options={plans.map((plan) => ({
        value: plan.id,
        title: plan.name,
        ...(plan.approval ? { meta: approvalLabel(plan.approval) } : {}),
        description: (
          <>
            {plan.description && <span className="block">{plan.description}</span>}
            {limitsLabel(plan)}. {keyLifetimeLabel(plan)}.
          </>
        ),
      }))}
    />
  )
}
