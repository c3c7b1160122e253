// Fields one types or picks into. Label above, hint and errors below, tied by ids made from `id` or `name`.
import { ChevronDown } from 'lucide-react'
import type { ComponentPropsWithoutRef } from 'react'
import { cx } from './class-names'
import { FieldFrame, type FieldProps, fieldParts } from './field-frame'

type Native<Tag extends 'input' | 'textarea' | 'select'> = Omit<
  ComponentPropsWithoutRef<Tag>,
  keyof FieldProps | 'style'
>

export type TextFieldProps = FieldProps & Native<'input'> & { mono?: boolean | undefined }

export function TextField({ mono, ...props }: TextFieldProps) {
  const { frame, control } = fieldParts(props)
  return (
    <FieldFrame {...frame}>
      <input type="text" {...control} className={cx('control', mono && 'font-mono')} />
    </FieldFrame>
  )
}

export type TextAreaFieldProps = FieldProps & Native<'textarea'> & { mono?: boolean | undefined }

export function TextAreaField({ mono, ...props }: TextAreaFieldProps) {
  const { frame, control } = fieldParts(props)
  return (
    <FieldFrame {...frame}>
      <textarea rows={4} {...control} className={cx('control', mono && 'font-mono')} />
    </FieldFrame>
  )
}

export type Option = { value: string; label: string; disabled?: boolean | undefined }

export type SelectFieldProps = FieldProps & Native<'select'> & { options: readonly Option[] }

export function SelectField(props: SelectFieldProps) {
  const { frame, control } = fieldParts(props)
  return (
    <FieldFrame {...frame}>
      <SelectControl {...control} />
    </FieldFrame>
  )
}

type SelectControlProps = Omit<ComponentPropsWithoutRef<'select'>, 'style'> & { options: readonly Option[] }

/** The bare select, for places that bring their own label. */
export function SelectControl({ options, className, ...select }: SelectControlProps) {
  return (
    <span className="relative block min-w-0">
      <select {...select} className={cx('control', className)}>
        {options.map((option) => (
          <option key={option.value} value={option.value} disabled={option.disabled}>
            {option.label}
          </option>
        ))}
      </select>
      <ChevronDown
        aria-hidden
        className="pointer-events-none absolute top-1/2 right-2.5 size-4 -translate-y-1/2 text-muted"
      />
    </span>
  )
}
