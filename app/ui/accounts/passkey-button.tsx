// "Use a passkey": asks the authenticator, puts its answer into the form around it, and sends that. Not there without
// JavaScript, which passkeys need.
import { KeyRound } from 'lucide-react'
import { useRef, useState } from 'react'
import { Button } from '~/ui/button'
import { FormErrors } from '~/ui/form-layout'
import { answerWithPasskey } from './passkey-questions'

type PasskeyButtonProps = {
  children: string
  /** The question, when the page brought it; else the address that answers one. */
  from: { options: unknown } | { askTo: string }
}

export function PasskeyButton({ children, from }: PasskeyButtonProps) {
  const field = useRef<HTMLInputElement>(null)
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<string | null>(null)

  async function use() {
    setBusy(true)
    setProblem(null)
    const answer = await answerWithPasskey(from)
    setBusy(false)
    if ('problem' in answer) {
      setProblem(answer.problem)
    } else if (field.current) {
      field.current.value = answer.token
      field.current.form?.requestSubmit()
      // Whatever is sent next from this page is not the answer to this question.
      field.current.value = ''
    }
  }

  return (
    <div className="flex flex-col gap-4 noscript:hidden">
      <FormErrors errors={problem ? [problem] : null} />
      <input ref={field} type="hidden" name="passkeyToken" />
      <Button type="button" icon={KeyRound} pending={busy} onClick={use}>
        {children}
      </Button>
    </div>
  )
}
