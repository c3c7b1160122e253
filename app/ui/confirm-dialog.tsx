// Asks before something that cannot be undone, in a native dialog. The trigger is a link to a page with the same form,
// which is where one lands without JavaScript, and where errors are shown.
import { Link, useLocation } from '@remix-run/react'
import { type ReactNode, useEffect, useId, useRef } from 'react'
import { type ButtonSize, type ButtonVariant, buttonClass } from './button'
import { ConfirmForm, type ConfirmFormProps } from './confirm-form'

type ConfirmDialogProps = Omit<ConfirmFormProps, 'cancel'> & {
  trigger: ReactNode
  /** The page that shows the same `ConfirmForm`. */
  fallbackTo: string
  title: string
  triggerVariant?: ButtonVariant | undefined
  triggerSize?: ButtonSize | undefined
  /** Replaces the look of a button, such as for an item of a menu. */
  triggerClassName?: string | undefined
}

export function ConfirmDialog(props: ConfirmDialogProps) {
  const { trigger, fallbackTo, title, triggerVariant, triggerSize, triggerClassName, ...form } = props
  const dialog = useRef<HTMLDialogElement>(null)
  const titleId = useId()
  const { key } = useLocation()

  // biome-ignore lint/correctness/useExhaustiveDependencies: the next page begins without the dialog
  useEffect(() => dialog.current?.close(), [key])

  return (
    <>
      <Link
        to={fallbackTo}
        aria-haspopup="dialog"
        className={triggerClassName ?? buttonClass({ variant: triggerVariant, size: triggerSize })}
        onClick={(event) => {
          if (!dialog.current || event.metaKey || event.ctrlKey) return
          event.preventDefault()
          dialog.current.showModal()
        }}
      >
        {trigger}
      </Link>
      <dialog
        ref={dialog}
        onClose={(event) => event.currentTarget.closest<HTMLElement>('[popover]')?.hidePopover()}
        aria-labelledby={titleId}
        className="dialog m-auto w-[min(28rem,calc(100vw-2rem))] rounded-card bg-raised p-0 text-left text-base font-normal whitespace-normal text-ink shadow-float"
      >
        <div className="flex flex-col gap-4 p-5 sm:p-6">
          <h2 id={titleId} className="text-md font-semibold">
            {title}
          </h2>
          <ConfirmForm
            {...form}
            id={`${titleId}-confirmation`}
            cancel={
              <button type="button" className={buttonClass({})} onClick={() => dialog.current?.close()}>
                Cancel
              </button>
            }
          />
        </div>
      </dialog>
    </>
  )
}
