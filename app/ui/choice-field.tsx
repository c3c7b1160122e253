// Checkboxes: one to agree, a switch as on settings pages, or a group to tick several.
import type { ComponentPropsWithoutRef, ReactNode } from 'react'
import { cx } from './class-names'
import { FieldErrors, FieldHint, type FieldText, fieldAttributes } from './field-frame'
import { FieldSet } from './form-layout'

type Native = Omit<ComponentPropsWithoutRef<'input'>, keyof FieldText | 'type' | 'style' | 'className'>
export type CheckboxFieldProps = Omit<FieldText, 'label'> & Native & { label: ReactNode }

export function CheckboxField({ label, name, id, hint, errors, ...input }: CheckboxFieldProps) {
  const attributes = fieldAttributes({ id, name, hint, errors })
  return (
    <div className="flex gap-2.5">
      <input {...input} {...attributes} type="checkbox" className="check mt-[0.1875rem]" />
      <div className="flex min-w-0 flex-col gap-0.5">
        <label htmlFor={attributes.id}>{label}</label>
        <FieldErrors id={attributes.id} errors={errors} />
        <FieldHint id={attributes.id}>{hint}</FieldHint>
      </div>
    </div>
  )
}

/** Label and hint on the left, the switch on the right; rows of them divide themselves by lines. */
export function SwitchField({ label, name, id, hint, errors, ...input }: CheckboxFieldProps) {
  const attributes = fieldAttributes({ id, name, hint, errors })
  return (
    <div className="flex items-start justify-between gap-6 border-line py-3 not-first:border-t first:pt-0 last:pb-0">
      <div className="flex min-w-0 flex-col gap-0.5">
        <label htmlFor={attributes.id} className="font-medium">
          {label}
        </label>
        <FieldHint id={attributes.id}>{hint}</FieldHint>
        <FieldErrors id={attributes.id} errors={errors} />
      </div>
      {/* biome-ignore lint/a11y/useAriaPropsForRole: a native checkbox says by itself whether it is checked */}
      <input {...input} {...attributes} type="checkbox" role="switch" className="switch mt-0.5" />
    </div>
  )
}

export type CheckboxOption = {
  value: string
  label: string
  hint?: ReactNode
  disabled?: boolean | undefined
}

type CheckboxGroupProps = {
  legend: string
  name: string
  options: readonly CheckboxOption[]
  defaultValues?: readonly string[] | undefined
  id?: string | undefined
  hint?: ReactNode
  errors?: FieldText['errors']
  columns?: boolean | undefined
}

export function CheckboxGroup(props: CheckboxGroupProps) {
  const { legend, name, options, defaultValues = [], hint, errors, columns } = props
  const id = props.id ?? name
  return (
    <FieldSet legend={legend} id={id} hint={hint} errors={errors}>
      <div className={cx('grid gap-2', columns && 'sm:grid-cols-2')}>
        {options.map((option) => (
          <CheckboxField
            key={option.value}
            id={`${id}-${option.value}`}
            name={name}
            value={option.value}
            label={option.label}
            hint={option.hint}
            disabled={option.disabled}
            defaultChecked={defaultValues.includes(option.value)}
          />
        ))}
      </div>
    </FieldSet>
  )
}
