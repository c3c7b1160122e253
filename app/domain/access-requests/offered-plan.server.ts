// What whoever chooses a plan sees of each that a catalog offers.
import { named } from '~db/columns'
import { termsIn } from '~db/plan-terms'
import { plans } from '~db/schema'

export const offeredPlan = {
  id: named(plans.id, 'plan_id'),
  name: named(plans.name, 'plan_name'),
  description: plans.description,
  ...termsIn(plans),
}
