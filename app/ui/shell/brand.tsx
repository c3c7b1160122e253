// The portal's logo or mark, and its name. A logo twice as wide as high is taken for a lettering and stands alone.
import { Link } from '@remix-run/react'

export type Logo = { src: string; width: number; height: number }
type FaceProps = { portalName: string; logo: Logo | null }
export type BrandProps = FaceProps & { to?: string | undefined }

export function Brand({ to = '/', ...face }: BrandProps) {
  return (
    <Link to={to} className="flex min-w-0 items-center gap-2 rounded-control py-1 sm:gap-2.5 font-semibold">
      <BrandFace {...face} />
    </Link>
  )
}

export function BrandFace({ portalName, logo }: FaceProps) {
  const isLettering = logo && logo.width >= 2 * logo.height
  return (
    <>
      {logo ? (
        <img
          {...logo}
          alt={isLettering ? portalName : ''}
          className="h-8 w-auto max-w-36 min-w-0 rounded-xs bg-plate object-contain p-0.5"
        />
      ) : (
        <PortalMark />
      )}
      {!isLettering && <span className="truncate">{portalName}</span>}
    </>
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
