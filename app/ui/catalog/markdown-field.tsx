// A text in Markdown with its preview below it. Without JavaScript the preview opens in a window of its own.
import { useFetcher } from '@remix-run/react'
import { useRef } from 'react'
import { buttonClass } from '~/ui/button'
import { TextAreaField, type TextAreaFieldProps } from '~/ui/field'
import { RenderedHtml } from './rendered-html'

type MarkdownFieldProps = TextAreaFieldProps & {
  /** Where the text is rendered. It takes fields called `description` and `body`. */
  previewAction: string
}

export function MarkdownField({ previewAction, ...field }: MarkdownFieldProps) {
  const fetcher = useFetcher<{ html: string }>()
  const area = useRef<HTMLDivElement>(null)
  const html = fetcher.data?.html
  return (
    <div ref={area} className="flex flex-col gap-2">
      <TextAreaField rows={14} mono {...field} />
      <div>
        <button
          type="submit"
          formAction={previewAction}
          formTarget="_blank"
          formNoValidate
          className={buttonClass({ size: 'sm' })}
          onClick={(event) => {
            event.preventDefault()
            const text = area.current?.querySelector('textarea')?.value ?? ''
            fetcher.submit({ [field.name]: text }, { method: 'post', action: previewAction })
          }}
        >
          Preview
        </button>
      </div>
      {html !== undefined && (
        <section
          aria-label={`Preview of ${field.label}`}
          className="min-w-0 rounded-control border border-line p-4"
        >
          {html ? <RenderedHtml html={html} /> : <p className="text-muted">There is nothing to show.</p>}
        </section>
      )}
    </div>
  )
}
