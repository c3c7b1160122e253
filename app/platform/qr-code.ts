// A QR code as the path of an SVG: one square for each dark module, with the quiet zone that scanners need around it.
import { encode } from 'uqr'

/** ISO/IEC 18004 asks for four light modules on each side. */
const quietZone = 4

export type QrCode = { size: number; path: string }

export function qrCode(text: string): QrCode {
  const { data, size } = encode(text, { ecc: 'M', border: quietZone })
  const path = data
    .flatMap((row, y) => row.map((dark, x) => (dark ? `M${x} ${y}h1v1h-1z` : '')))
    .filter(Boolean)
    .join('')
  return { size, path }
}
