// The form of a call: key, parameters, body. What is wrong is said at its field before anything is sent.
import { Send } from 'lucide-react'
import { type FormEvent, type KeyboardEvent, useEffect, useMemo, useRef, useState } from 'react'
import { Button } from '~/ui/button'
import { FormErrors } from '~/ui/form-layout'
import { BodyFields } from './body-fields'
import { CallAnswer, spokenState } from './call-answer'
import { callFields } from './call-fields'
import { type CallErrors, callRequest } from './call-request'
import { KeyFields, keyFieldId } from './key-fields'
import { ParameterFields } from './parameter-fields'
import type { TryItProps } from './try-it'
import { doneCall, useCall } from './use-call'
import type { Keys } from './use-keys'

const sendId = 'call-send'

export function CallForm({ operation, baseUrl, links, keys }: TryItProps & { keys: Keys }) {
  const taken = useMemo(() => callFields(operation), [operation])
  const form = useRef<HTMLFormElement>(null)
  const [errors, setErrors] = useState<CallErrors>({})
  const { state, send, cancel } = useCall(keys)
  const sending = state.kind === 'sending'
  const shown = doneCall(state)

  useEffect(() => {
    if (Object.keys(errors).length === 0) return
    const first = form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')
    const folded = first?.closest('details')
    if (folded) folded.open = true
    first?.focus()
  }, [errors])

  function onSubmit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault()
    if (sending) return
    const made = callRequest(operation, taken, baseUrl, new FormData(event.currentTarget))
    const problem = keys.problem()
    const found = { ...(problem && { [keyFieldId]: problem }), ...made.errors }
    setErrors(found)
    if (made.request && !problem) void send(made.request)
  }

  function onKeyDown(event: KeyboardEvent) {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) form.current?.requestSubmit()
  }

  return (
    <>
      <form
        ref={form}
        noValidate
        aria-label="Call"
        onSubmit={onSubmit}
        onKeyDown={onKeyDown}
        className="flex flex-col gap-5 p-4"
      >
        <KeyFields keys={keys} links={links} error={errors[keyFieldId]} />
        <ParameterFields fields={taken.fields} errors={errors} />
        <BodyFields bodies={taken.bodies} required={taken.bodyRequired} errors={errors} />
        {taken.limits.map((limit) => (
          <p key={limit} className="text-sm text-muted">
            {limit}
          </p>
        ))}
        <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
          <Button id={sendId} type="submit" variant="primary" icon={Send} pending={sending}>
            Send
          </Button>
          {sending && (
            <Button
              onClick={() => {
                cancel()
                document.getElementById(sendId)?.focus()
              }}
            >
              Cancel
            </Button>
          )}
          <p className="text-sm text-muted">This is a real call: it counts against your limits.</p>
        </div>
        {state.kind === 'refused' && <FormErrors title="Nothing was sent" errors={[state.problem]} />}
      </form>
      <p role="status" className="sr-only">
        {spokenState(state)}
      </p>
      {shown && <CallAnswer {...shown} stale={sending} links={links} keys={keys} />}
    </>
  )
}
