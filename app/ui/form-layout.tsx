// How a form is laid out: its error on top, groups of fields, and the row of buttons at its end.
import type { ReactNode } from 'react'
import { Callout } from './callout'
import { cx } from './class-names'
import { FieldErrors, FieldHint, type FieldText } from './field-frame'

export function FormErrors({ errors, title }: { errors?: FieldText['errors']; title?: string | undefined }) {
  if (!errors?.length) return null
  return (
    <div role="alert">
      <Callout tone="red" title={title}>
        {errors.length === 1 ? (
          errors[0]
        ) : (
          <ul className="list-disc pl-4">
            {errors.map((error) => (
              <li key={error}>{error}</li>
            ))}
          </ul>
        )}
      </Callout>
    </div>
  )
}

type FieldSetProps = {
  legend: string
  children: ReactNode
  id?: string | undefined
  hint?: ReactNode
  errors?: FieldText['errors']
}

/** A group of controls under one legend; with an `id`, hint and errors belong to the group. */
export function FieldSet({ legend, id, hint, errors, children }: FieldSetProps) {
  const described = id && [hint && `${id}-hint`, errors?.length && `${id}-error`].filter(Boolean).join(' ')
  return (
    <fieldset id={id} aria-describedby={described || undefined} className="flex min-w-0 flex-col gap-2">
      <legend className="mb-1.5 font-medium">{legend}</legend>
      {id && hint ? <FieldHint id={id}>{hint}</FieldHint> : hint}
      {children}
      {id && <FieldErrors id={id} errors={errors} />}
    </fieldset>
  )
}

/** The fields of a form, one under the other, at a width that reads well. */
export function FormFields({ children, wide }: { children: ReactNode; wide?: boolean | undefined }) {
  return <div className={cx('flex flex-col gap-4', !wide && 'max-w-form')}>{children}</div>
}

/** Two fields side by side where there is room. */
export function FieldRow({ children }: { children: ReactNode }) {
  return <div className="grid gap-4 sm:grid-cols-2">{children}</div>
}

type FormActionsProps = { children: ReactNode; align?: 'start' | 'end' | undefined }

export function FormActions({ children, align = 'start' }: FormActionsProps) {
  return (
    <div className={cx('flex flex-wrap items-center gap-2 pt-2', align === 'end' && 'justify-end')}>
      {children}
    </div>
  )
}
