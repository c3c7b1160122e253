// The body of an answer: text to read, or a file to save. It is never shown as a page or an image: it is an upstream's.
import { Download } from 'lucide-react'
import { useEffect, useMemo, useState } from 'react'
import { buttonClass } from '~/ui/button'
import { CodeBlock } from '~/ui/code-block'
import { shownBody } from './answer-text'
import { sizeWords } from './answer-words'

type AnswerBodyProps = { bytes: Uint8Array; contentType: string; url: string }

export function AnswerBody({ bytes, contentType, url }: AnswerBodyProps) {
  const shown = useMemo(() => shownBody(bytes, contentType), [bytes, contentType])
  const save = <SaveLink bytes={bytes} name={fileName(url, contentType)} />
  if (shown.kind === 'empty') return <p className="text-muted">The body is empty.</p>
  if (shown.kind === 'binary') {
    return (
      <div className="flex flex-wrap items-center justify-between gap-3 rounded-control border border-line bg-sunken px-3 py-2">
        <span className="min-w-0">
          <span className="font-mono text-sm wrap-anywhere">{shown.type}</span>
          <span className="text-sm text-muted"> · {sizeWords(bytes.length)}</span>
        </span>
        {save}
      </div>
    )
  }
  return (
    <div className="flex flex-col gap-2">
      <CodeBlock
        bounded
        wrapped={shown.language !== 'JSON'}
        code={shown.text}
        label={shown.language === 'JSON' ? 'Body (JSON)' : 'Body'}
      />
      {shown.cut && (
        <div className="flex flex-wrap items-center justify-between gap-2">
          <p className="text-sm text-muted">{`Cut here: the body has ${sizeWords(bytes.length)}.`}</p>
          {save}
        </div>
      )}
    </div>
  )
}

function SaveLink({ bytes, name }: { bytes: Uint8Array; name: string }) {
  const [href, setHref] = useState('')
  useEffect(() => {
    // No type that a browser would open: at this address it would be a page of the portal.
    const address = URL.createObjectURL(new Blob([bytes as BlobPart], { type: 'application/octet-stream' }))
    setHref(address)
    return () => URL.revokeObjectURL(address)
  }, [bytes])
  return (
    <a href={href} download={name} className={buttonClass({ size: 'sm' })}>
      <Download aria-hidden className="size-3.5" />
      Download
    </a>
  )
}

/** The last part of the path, with what the type is usually called. */
function fileName(url: string, contentType: string): string {
  const last = new URL(url).pathname.split('/').at(-1) ?? ''
  const base = last.replace(/[^\w.-]+/g, '-').slice(0, 60) || 'answer'
  const ending = /^[a-z]+\/(?:[\w.]+\+)?([a-z0-9]{2,5})\b/i.exec(contentType)?.[1] ?? 'bin'
  return base.endsWith(`.${ending}`) ? base : `${base}.${ending}`
}
