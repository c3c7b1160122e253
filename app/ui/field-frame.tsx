// What every field has around its control: the label above, the hint, the errors, and the ids that tie them.
import { CircleAlert } from 'lucide-react'
import type { ReactNode } from 'react'
import { cx } from './class-names'

export type Errors = readonly string[] | null | undefined

export type FieldText = {
  label: string
  name: string
  id?: string | undefined
  hint?: ReactNode
  errors?: Errors
}

/** The attributes that tie a control to its hint and errors. */
export function fieldAttributes({ id, name, hint, errors }: Omit<FieldText, 'label'>) {
  const fieldId = id ?? name
  const failed = Boolean(errors?.length)
  const described = [hint && `${fieldId}-hint`, failed && `${fieldId}-error`].filter(Boolean).join(' ')
  return {
    id: fieldId,
    name,
    'aria-invalid': failed || undefined,
    'aria-describedby': described || undefined,
  }
}

export type FieldProps = FieldText & {
  /** Says "(optional)" beside the label; what is required needs no mark when most things are. */
  optional?: boolean | undefined
  /** Classes of the whole field, such as a width. */
  className?: string | undefined
}

/** A field's props, apart: what stands around its control, and what the control itself is given. */
export function fieldParts<P extends FieldProps>(props: P) {
  const { label, name, id, hint, errors, optional, className, ...control } = props
  const attributes = fieldAttributes({ id, name, hint, errors })
  return {
    frame: { id: attributes.id, label, hint, errors, optional, className },
    control: { ...control, ...attributes },
  }
}

export function FieldHint({ id, children }: { id: string; children: ReactNode }) {
  if (!children) return null
  return (
    <div id={`${id}-hint`} className="text-sm text-muted">
      {children}
    </div>
  )
}

export function FieldErrors({ id, errors }: { id: string; errors: Errors }) {
  if (!errors?.length) return null
  return (
    <div id={`${id}-error`} className="flex gap-1.5 text-sm text-red-ink">
      <CircleAlert aria-hidden className="mt-0.5 size-4 shrink-0" />
      <span className="min-w-0 wrap-anywhere">
        <span className="sr-only">Error: </span>
        {errors.length === 1
          ? errors[0]
          : errors.map((error) => (
              <span key={error} className="block">
                {error}
              </span>
            ))}
      </span>
    </div>
  )
}

type FieldFrameProps = Omit<FieldProps, 'id' | 'name'> & { id: string; children: ReactNode }

export function FieldFrame({ id, label, hint, errors, optional, className, children }: FieldFrameProps) {
  return (
    <div className={cx('flex min-w-0 flex-col gap-1.5', className)}>
      <label htmlFor={id} className="w-fit font-medium wrap-anywhere">
        {label}
        {optional && <span className="font-normal text-muted"> (optional)</span>}
      </label>
      {children}
      <FieldErrors id={id} errors={errors} />
      <FieldHint id={id}>{hint}</FieldHint>
    </div>
  )
}
