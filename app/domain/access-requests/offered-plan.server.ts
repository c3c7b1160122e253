// What whoever chooses a plan sees of each that a catalog offers.
import { named } from '~db/columns'
import { plans } from '~db/schema'

export const offeredPlan = {
  id: named(plans.id, 'plan_id'),
  name: named(plans.name, 'plan_name'),
  description: plans.description,
  rateLimit: plans.rateLimit,
  ratePeriodSeconds: plans.ratePeriodSeconds,
  quotaLimit: plans.quotaLimit,
  quotaPeriod: plans.quotaPeriod,
  keyLifetimeDays: plans.keyLifetimeDays,
}
