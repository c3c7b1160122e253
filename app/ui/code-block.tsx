// Code with a label and a copy button; it scrolls by itself and can be reached by keyboard to do so.
import { cx } from './class-names'
import { CopyButton } from './copy-button'

type CodeBlockProps = {
  code: string
  label: string
  copy?: boolean | undefined
  /** Without the bar: one line such as a URL. */
  inline?: boolean | undefined
  /** Scrolls by itself when it is long. */
  bounded?: boolean | undefined
  /** For what somebody else wrote, which is often one long line: it breaks instead of scrolling sideways. */
  wrapped?: boolean | undefined
}

export function CodeBlock({ code, label, copy = true, inline, bounded, wrapped }: CodeBlockProps) {
  const button = copy && (
    <CopyButton value={code} label={`Copy ${label.charAt(0).toLowerCase()}${label.slice(1)}`} />
  )
  const text = (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for controls, and a region would crowd the landmarks
    <pre
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reachable by keyboard
      tabIndex={0}
      role="group"
      aria-label={label}
      className={
        inline
          ? inlineText
          : cx(blockText, bounded && 'max-h-96', wrapped && 'whitespace-pre-wrap wrap-anywhere')
      }
    >
      <code>{code}</code>
    </pre>
  )
  if (inline) {
    return (
      <div className="flex min-w-0 items-center gap-1 rounded-control border border-line bg-sunken pr-1">
        {text}
        {button}
      </div>
    )
  }
  return (
    <div className="min-w-0 overflow-hidden rounded-control border border-line bg-sunken">
      <div className="flex h-9 items-center justify-between gap-2 border-b border-line pr-1 pl-3">
        <span className="truncate text-xs font-medium text-muted">{label}</span>
        {button}
      </div>
      {text}
    </div>
  )
}

const blockText = 'overflow-auto p-3 text-sm -outline-offset-2'
const inlineText = 'min-w-0 flex-1 overflow-x-auto px-3 py-1.5 text-sm -outline-offset-2'
