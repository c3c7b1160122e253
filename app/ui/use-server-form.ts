// A form whose rules live on the server: what was typed comes back with its errors, and the first error gets the focus.
import { type SubmissionResult, useForm } from '@conform-to/react'

type Options = {
  id: string
  /** `actionData?.form` of the page or fetcher. */
  lastResult: unknown
  defaultValue?: Record<string, string>
}

/**
 * `form` goes on `<Form {...form.props}>`; `field(name)` on a field of `ui/field`; `errors` into `FormErrors`.
 * Nothing is validated in the browser but what HTML itself does, so no schema is shipped.
 */
export function useServerForm({ id, lastResult, defaultValue }: Options) {
  const [form, fields] = useForm<Record<string, string>>({
    id,
    lastResult: (lastResult ?? null) as SubmissionResult<string[]> | null,
    ...(defaultValue ? { defaultValue } : {}),
    shouldValidate: 'onSubmit',
  })
  function field(name: string) {
    const meta = fields[name]
    const initial = meta?.initialValue
    return {
      id: `${id}-${name}`,
      name,
      defaultValue: typeof initial === 'string' ? initial : undefined,
      ...(meta?.errors ? { errors: meta.errors } : {}),
    }
  }
  return {
    /** The form came back with errors: it shows what was typed, not what is stored. */
    failed: Boolean(lastResult),
    props: { id: form.id, onSubmit: form.onSubmit, noValidate: true, method: 'post' as const },
    errors: form.errors,
    field,
    /** The raw value, for radio buttons and check boxes. */
    value: (name: string): unknown => fields[name]?.initialValue,
  }
}

export type ServerForm = ReturnType<typeof useServerForm>
