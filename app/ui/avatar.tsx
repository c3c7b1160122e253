// Initials in a disc, or a picture. It always stands beside a name, so it says nothing to screen readers.
import { cx } from './class-names'

type AvatarProps = {
  name: string
  size?: 'sm' | 'md' | 'lg' | undefined
  src?: string | null | undefined
  /** Square for organizations, products and apps; round for people. */
  square?: boolean | undefined
}

const sizes = { sm: 'size-6 text-[0.625rem]', md: 'size-8 text-xs', lg: 'size-10 text-sm' }

export function initials(name: string): string {
  const words = name.split(/[\s@._-]+/).filter(Boolean)
  const letters = [words[0], words.length > 1 ? words[words.length - 1] : undefined]
  return letters
    .map((word) => (word ? String.fromCodePoint(word.codePointAt(0) ?? 63) : ''))
    .join('')
    .toUpperCase()
}

export function Avatar({ name, size = 'md', src, square }: AvatarProps) {
  const shape = cx(sizes[size], 'shrink-0', square ? 'rounded-control' : 'rounded-full')
  // Lazy: a list has many, and the text of the page goes before them.
  if (src)
    return <img src={src} alt="" loading="lazy" className={cx(shape, 'border border-line object-cover')} />
  return (
    <span
      aria-hidden
      className={cx(
        shape,
        'grid place-items-center border border-line bg-hover font-semibold text-muted select-none',
      )}
    >
      {initials(name)}
    </span>
  )
}
