// Fields one types or picks into. Label above, hint and errors below, tied by ids made from `id` or `name`.
import { ChevronDown } from 'lucide-react'
import type { ComponentPropsWithoutRef } from 'react'
import { cx } from './class-names'
import { FieldFrame, type FieldText, fieldAttributes } from './field-frame'

type Shared = FieldText & {
  /** Says "(optional)" beside the label; what is required needs no mark when most things are. */
  optional?: boolean | undefined
  /** Classes of the whole field, such as a width. */
  className?: string | undefined
}

type Native<Tag extends 'input' | 'textarea' | 'select'> = Omit<
  ComponentPropsWithoutRef<Tag>,
  keyof Shared | 'style'
>

export type TextFieldProps = Shared & Native<'input'> & { mono?: boolean | undefined }

export function TextField({
  label,
  name,
  id,
  hint,
  errors,
  optional,
  className,
  mono,
  ...input
}: TextFieldProps) {
  const attributes = fieldAttributes({ id, name, hint, errors })
  return (
    <FieldFrame {...{ label, hint, errors, optional, className }} id={attributes.id}>
      <input type="text" {...input} {...attributes} className={cx('control', mono && 'font-mono')} />
    </FieldFrame>
  )
}

export type TextAreaFieldProps = Shared & Native<'textarea'> & { mono?: boolean | undefined }

export function TextAreaField({
  label,
  name,
  id,
  hint,
  errors,
  optional,
  className,
  mono,
  ...area
}: TextAreaFieldProps) {
  const attributes = fieldAttributes({ id, name, hint, errors })
  return (
    <FieldFrame {...{ label, hint, errors, optional, className }} id={attributes.id}>
      <textarea rows={4} {...area} {...attributes} className={cx('control', mono && 'font-mono')} />
    </FieldFrame>
  )
}

export type Option = { value: string; label: string; disabled?: boolean | undefined }

export type SelectFieldProps = Shared & Native<'select'> & { options: readonly Option[] }

export function SelectField({
  label,
  name,
  id,
  hint,
  errors,
  optional,
  className,
  options,
  ...select
}: SelectFieldProps) {
  const attributes = fieldAttributes({ id, name, hint, errors })
  return (
    <FieldFrame {...{ label, hint, errors, optional, className }} id={attributes.id}>
      <SelectControl {...select} {...attributes} options={options} />
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
