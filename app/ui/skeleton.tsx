// Grey lines where text is about to be.
import { cx } from './class-names'

export function Skeleton({ className }: { className?: string | undefined }) {
  return <span aria-hidden className={cx('block h-4 animate-pulse rounded-xs bg-pressed', className)} />
}

export function SkeletonRows({
  rows = 5,
  label = 'Loading',
}: {
  rows?: number | undefined
  label?: string | undefined
}) {
  return (
    <div role="status" className="divide-y divide-line">
      <span className="sr-only">{label}</span>
      {Array.from({ length: rows }, (_, row) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: rows of a skeleton are all the same
        <div key={row} className="flex gap-4 px-4 py-3">
          <Skeleton className="w-1/3" />
          <Skeleton className="w-1/5" />
          <Skeleton className="ml-auto w-16" />
        </div>
      ))}
    </div>
  )
}
