// Ticking rows: the box that ticks them all, and the bar of actions that CSS shows while any is ticked.
import type { ChangeEvent, ReactNode } from 'react'

export function SelectAll({ name }: { name: string }) {
  function tickAll(event: ChangeEvent<HTMLInputElement>) {
    const { checked } = event.currentTarget
    const boxes = event.currentTarget
      .closest('table')
      ?.querySelectorAll<HTMLInputElement>('tbody input[type="checkbox"]')
    for (const box of boxes ?? []) if (box.name === name) box.checked = checked
  }
  return (
    <label className="-m-1 grid size-6 place-items-center noscript:invisible">
      <input type="checkbox" aria-label="Select all rows" onChange={tickAll} className="check" />
    </label>
  )
}

export function BulkBar({ children }: { children: ReactNode }) {
  return (
    <div className="sticky bottom-4 z-20 mt-3 hidden justify-center group-has-[tbody_input:checked]/table:flex">
      <div className="flex flex-wrap items-center gap-2 rounded-card bg-raised px-3 py-2 shadow-float">
        <span className="px-1 text-sm text-muted">With the ticked rows:</span>
        {children}
      </div>
    </div>
  )
}
