// The portal's logo or mark, and its name.
import { Link } from '@remix-run/react'

export type BrandProps = { portalName: string; logoUrl?: string | null | undefined; to?: string | undefined }

export function Brand({ portalName, logoUrl, to = '/' }: BrandProps) {
  return (
    <Link to={to} className="flex min-w-0 items-center gap-2 rounded-control py-1 sm:gap-2.5 font-semibold">
      {logoUrl ? <img src={logoUrl} alt="" className="h-7 w-auto max-w-36 object-contain" /> : <PortalMark />}
      <span className="truncate">{portalName}</span>
    </Link>
  )
}

function PortalMark() {
  return (
    <svg aria-hidden="true" viewBox="0 0 24 24" className="size-6 shrink-0">
      <rect width="24" height="24" rx="6" className="fill-accent" />
      <path
        d="M12 4.5 19 9H5zM6.5 10.5h2v7h-2zm4.5 0h2v7h-2zm4.5 0h2v7h-2zM5 18.5h14V20H5z"
        className="fill-on-accent"
      />
    </svg>
  )
}
