// The mail as it would look, framed, and a fresh one shortly after each change of its form. Each preview is a new frame:
// so it leaves no step behind for the Back button. Without JavaScript the button posts the form into the first frame.
import { useEffect, useState } from 'react'
import { buttonClass } from '~/ui/button'

/** After the last key. */
const quietMs = 500

const frameName = (run: number) => `mail-preview-${run}`

export function useMailPreview(formId: string, action: string) {
  const [run, setRun] = useState(0)
  useEffect(() => {
    const form = document.getElementById(formId)
    let timer: ReturnType<typeof setTimeout> | undefined
    function soon() {
      clearTimeout(timer)
      timer = setTimeout(() => setRun((before) => before + 1), quietMs)
    }
    form?.addEventListener('input', soon)
    return () => {
      clearTimeout(timer)
      form?.removeEventListener('input', soon)
    }
  }, [formId])
  useEffect(() => {
    if (run > 0) postInto(frameName(run), formId, action)
  }, [run, formId, action])
  return { action, run, refresh: () => setRun((before) => before + 1) }
}

type Preview = ReturnType<typeof useMailPreview>

/** A form's own `submit` tells nobody, so the router leaves it alone. */
function postInto(target: string, formId: string, action: string): void {
  const form = document.getElementById(formId)
  if (!(form instanceof HTMLFormElement)) return
  const before = form.getAttribute('action')
  form.target = target
  form.action = action
  form.submit()
  form.removeAttribute('target')
  if (before === null) form.removeAttribute('action')
  else form.setAttribute('action', before)
}

export function MailPreviewButton({ preview }: { preview: Preview }) {
  return (
    <button
      type="submit"
      formAction={preview.action}
      formTarget={frameName(preview.run)}
      className={buttonClass({})}
      onClick={(event) => {
        event.preventDefault()
        preview.refresh()
      }}
    >
      Preview
    </button>
  )
}

export function MailPreviewFrame({ preview }: { preview: Preview }) {
  return (
    <iframe
      key={preview.run}
      name={frameName(preview.run)}
      title="Preview of the mail"
      src={preview.run === 0 ? preview.action : undefined}
      sandbox=""
      className="block h-180 w-full rounded-b-card"
    />
  )
}
