// Usage in words: times of answers, moments of a chart, what a quota is heading for, and which plan fits.
import type { PlanFit } from '~/domain/gateway/plan-fit'
import type { QuotaForecast } from '~/domain/gateway/quota-forecast'
import { formatFull } from '~/ui/date-time'

type Percentile = { ms: number; isAtLeast: boolean }
type Period = 'hour' | 'day' | 'week' | 'month'

export function durationText(value: Percentile | null): string {
  if (value === null) return '–'
  const text = value.ms < 1000 ? `${value.ms} ms` : `${Math.round(value.ms / 100) / 10} s`
  return value.isAtLeast ? `over ${text}` : text
}

export function shareText(part: number, whole: number): string {
  return whole === 0 ? '–' : percentText(part / whole)
}

function percentText(share: number): string {
  const percent = share * 100
  if (percent > 0 && percent < 0.1) return 'under 0.1 %'
  return `${percent < 10 ? Math.round(percent * 10) / 10 : Math.round(percent)} %`
}

/** `14:00` for steps of an hour, `24 Nov, 06:00` for some hours, `24 Nov` for days. UTC. */
export function stepLabel(start: number, stepMs: number): string {
  const full = formatFull(start)
  const [day = '', time = ''] = full.split(', ')
  const shortDay = day.replace(/ \d{4}$/, '')
  if (stepMs >= 86_400_000) return shortDay
  return stepMs > 3_600_000 ? `${shortDay}, ${time.slice(0, 5)}` : time.slice(0, 5)
}

/** The mark of a quota's bar: where it is heading. */
export function forecastMark(
  forecast: QuotaForecast,
  limit: number,
): { value: number; label: string } | undefined {
  switch (forecast.state) {
    case 'used_up':
      return { value: limit, label: `It begins anew on ${moment(forecast.periodEnds)}` }
    case 'runs_out':
      return { value: limit, label: `At this pace it is used up on ${moment(forecast.at)}` }
    case 'lasts':
      return {
        value: forecast.share * limit,
        label: `At this pace ${percentText(forecast.share)} is used when it begins anew on ${moment(forecast.periodEnds)}`,
      }
    case 'idle':
      return undefined
  }
}

function moment(value: number): string {
  return formatFull(value).replace(/:\d\d UTC$/, ' UTC')
}

export function planFitText(fit: PlanFit, access: { planName: string; catalogName: string }): string {
  const { planName, catalogName } = access
  switch (fit.state) {
    case 'too_early':
      return 'There is too little use yet to say: it takes three days of calls.'
    case 'none_fits':
      return `No plan of ${catalogName} leaves room for what was used in the last 30 days. Ask the administrators for a larger one.`
    case 'fits':
      return `${planName} fits. ${busiest(fit, 'took')}`
    case 'larger':
      return `${fit.plan.name}, which is larger: ${planName} is ${fit.present > 0.8 ? `too small for your busiest times, at ${percentText(fit.present)} of its quota` : 'too slow for your busiest hour'}. ${busiest(fit, 'would have taken')}`
    case 'smaller':
      return `${fit.plan.name}, which is smaller, would do. ${busiest(fit, 'would have taken')}`
  }
}

type Fitting = { plan: { quotaPeriod: Period | null; name: string }; share: number | null }

function busiest({ plan, share }: Fitting, took: 'took' | 'would have taken'): string {
  if (share === null || plan.quotaPeriod === null) return `${plan.name} has no quota.`
  const time =
    plan.quotaPeriod === 'month' ? 'The last 30 days' : `Your busiest ${plan.quotaPeriod} of the last 30 days`
  const whose = took === 'took' ? 'its quota' : `the quota of ${plan.name}`
  return `${time} ${took} ${percentText(share)} of ${whose}.`
}
