// How long an old key lives on beside its successor.
import { type Overlap, overlapLabels, overlaps } from '~/domain/apps/rotation'
import type { FieldText } from '~/ui/field-frame'
import { RadioCards } from '~/ui/radio-cards'

const hints: Record<Overlap, string> = {
  now: 'Safest. Programs fail until they have the new one.',
  hour: 'For programs that you can change right away.',
  day: 'For a deployment that needs a day.',
  week: 'Both work for a week, or until nobody has used the old one for 3 days.',
}

type OverlapCardsProps = {
  field: Pick<FieldText, 'id' | 'name' | 'errors'> & { defaultValue?: string | undefined }
  legend: string
}

export function OverlapCards({ field, legend }: OverlapCardsProps) {
  const { defaultValue, ...rest } = field
  return (
    <RadioCards
      {...rest}
      legend={legend}
      defaultValue={overlaps.find((overlap) => overlap === defaultValue) ?? 'now'}
      options={overlaps.map((value) => ({ value, title: overlapLabels[value], description: hints[value] }))}
      columns
    />
  )
}
