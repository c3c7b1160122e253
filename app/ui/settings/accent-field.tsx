// The accent color as digits, and as the browser's own picker where there is script. While one chooses, the whole page
// takes the color; it keeps it only when it is saved.
import { type ChangeEvent, useEffect, useRef, useState } from 'react'
import { hexColor } from '~/domain/settings/accent'
import { TextField, type TextFieldProps } from '~/ui/field'

type AccentFieldProps = Omit<TextFieldProps, 'onChange'> & {
  /** What the picker begins with while the field is empty. */
  defaultColor: string
}

const seed = '--accent-seed'

export function AccentField({ defaultColor, ...field }: AccentFieldProps) {
  const [picked, setPicked] = useState<string | null>(null)
  const box = useRef<HTMLDivElement>(null)
  useEffect(() => {
    setPicked(hexColor(String(field.defaultValue ?? '')) ?? defaultColor)
    return () => {
      document.documentElement.style.removeProperty(seed)
    }
  }, [field.defaultValue, defaultColor])

  function show(text: string) {
    const color = hexColor(text)
    if (color) setPicked(color)
    const { style } = document.documentElement
    if (color || text.trim() === '') style.setProperty(seed, color ?? defaultColor)
    else style.removeProperty(seed)
  }

  function pick(event: ChangeEvent<HTMLInputElement>) {
    const input = box.current?.querySelector<HTMLInputElement>('input[type=text]')
    if (input) input.value = event.target.value
    show(event.target.value)
  }

  return (
    <div ref={box} className="flex items-start gap-3">
      <TextField {...field} mono className="flex-1" onChange={(event) => show(event.target.value)} />
      {picked && (
        <input
          type="color"
          aria-label="Pick a color"
          value={picked}
          onChange={pick}
          className="mt-6.5 h-9 w-12 shrink-0 cursor-pointer rounded-control border border-line-field bg-surface p-1"
        />
      )}
    </div>
  )
}
