// A QR code as SVG, made on the server: dark on light in both themes, and as sharp as the screen.

type QrCodeProps = { size: number; path: string; label: string }

export function QrCode({ size, path, label }: QrCodeProps) {
  return (
    <svg
      role="img"
      aria-label={label}
      viewBox={`0 0 ${size} ${size}`}
      shapeRendering="crispEdges"
      className="size-52 shrink-0 rounded-control border border-line"
    >
      <rect width={size} height={size} className="fill-qr-paper" />
      <path d={path} className="fill-qr-ink" />
    </svg>
  )
}
