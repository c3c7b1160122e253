// A form whose rules live on the server: what was typed comes back with its errors, and the first error gets the focus.
import { useEffect } from 'react'

/** What `failedForm` and `parseForm` answer: form errors stand under the empty name. */
type FormAnswer = {
  initialValue?: Record<string, unknown> | null
  error?: Record<string, string[] | null> | null
}

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
  const answer = (lastResult ?? null) as FormAnswer | null
  useEffect(() => {
    if (answer?.error) focusFirstError(id, answer.error)
  }, [id, answer])
  const initial: Record<string, unknown> = answer ? (answer.initialValue ?? {}) : (defaultValue ?? {})
  const errorsOf = (name: string) => answer?.error?.[name] ?? undefined

  function field(name: string) {
    const value = initial[name]
    const errors = errorsOf(name)
    return {
      id: `${id}-${name}`,
      name,
      defaultValue: typeof value === 'string' ? value : undefined,
      ...(errors ? { errors } : {}),
    }
  }
  return {
    /** The form came back with errors: it shows what was typed, not what is stored. */
    failed: Boolean(lastResult),
    props: { id, noValidate: true, method: 'post' as const },
    errors: errorsOf(''),
    field,
    /** The raw value, for radio buttons and check boxes. */
    value: (name: string): unknown => initial[name],
  }
}

export type ServerForm = ReturnType<typeof useServerForm>

/** Errors of the form itself are read out by their alert; the focus goes to what can be corrected. */
function focusFirstError(id: string, errors: NonNullable<FormAnswer['error']>): void {
  const form = document.getElementById(id)
  if (!(form instanceof HTMLFormElement)) return
  for (const element of form.elements) {
    const name = element.getAttribute('name')
    if (!(element instanceof HTMLElement) || !name || !errors[name]?.length) continue
    if (element.getAttribute('type') === 'hidden') continue
    element.focus()
    return
  }
}
