// One choice of several that need explaining, such as plans.
import type { ReactNode } from 'react'
import { cx } from './class-names'
import type { FieldText } from './field-frame'
import { FieldSet } from './form-layout'

export type RadioCard = {
  value: string
  title: string
  description?: ReactNode
  /** What stands on the right: a price, a limit, a badge. */
  meta?: ReactNode
  disabled?: boolean | undefined
}

type RadioCardsProps = {
  legend: string
  name: string
  options: readonly RadioCard[]
  defaultValue?: string | undefined
  id?: string | undefined
  hint?: ReactNode
  errors?: FieldText['errors']
  required?: boolean | undefined
  columns?: boolean | undefined
}

export function RadioCards(props: RadioCardsProps) {
  const { legend, name, options, defaultValue, hint, errors, required, columns } = props
  const id = props.id ?? name
  return (
    <FieldSet legend={legend} id={id} hint={hint} errors={errors}>
      <div className={cx('grid gap-2', columns && 'sm:grid-cols-2')}>
        {options.map((option) => (
          <label
            key={option.value}
            htmlFor={`${id}-${option.value}`}
            className={cx(
              'flex gap-3 rounded-control border border-line-strong bg-surface px-3.5 py-3',
              'has-checked:border-accent has-checked:bg-accent-soft',
              option.disabled ? 'cursor-not-allowed bg-sunken text-muted' : 'hover:bg-hover',
            )}
          >
            <input
              type="radio"
              id={`${id}-${option.value}`}
              name={name}
              value={option.value}
              required={required}
              disabled={option.disabled}
              defaultChecked={option.value === defaultValue}
              aria-invalid={errors?.length ? true : undefined}
              className="check mt-[0.1875rem]"
            />
            <span className="min-w-0 flex-1">
              <span className="flex flex-wrap items-baseline justify-between gap-x-3">
                <span className="font-medium">{option.title}</span>
                {option.meta && <span className="text-sm text-muted">{option.meta}</span>}
              </span>
              {option.description && <span className="block text-sm text-muted">{option.description}</span>}
            </span>
          </label>
        ))}
      </div>
    </FieldSet>
  )
}
