// What a picture is and how large, told by its bytes and never by its name: PNG, JPEG or WebP. Files that end too early
// are none. Pixels are not decoded.

export type PictureType = 'image/png' | 'image/jpeg' | 'image/webp'
export type Picture = { contentType: PictureType; width: number; height: number }

const pngSignature = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]

/** By how the file begins; the rest of it may be broken. */
export function pictureType(bytes: Uint8Array): PictureType | null {
  if (pngSignature.every((byte, at) => bytes[at] === byte)) return 'image/png'
  if (bytes[0] === 0xff && bytes[1] === 0xd8 && bytes[2] === 0xff) return 'image/jpeg'
  return wordAt(bytes, 0) === 'RIFF' && wordAt(bytes, 8) === 'WEBP' ? 'image/webp' : null
}

/** Null for what is no picture, and for one that is cut off or has no size. */
export function readPicture(bytes: Uint8Array): Picture | null {
  const contentType = pictureType(bytes)
  if (!contentType) return null
  let size: [width: number, height: number] | null = null
  try {
    size = readers[contentType](bytes, new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength))
  } catch (error) {
    // What is read beyond the end of a file.
    if (!(error instanceof RangeError)) throw error
  }
  if (!size || size[0] < 1 || size[1] < 1) return null
  return { contentType, width: size[0], height: size[1] }
}

type Reader = (bytes: Uint8Array, view: DataView) => [width: number, height: number] | null

const readers: Record<PictureType, Reader> = {
  'image/png': pngSize,
  'image/jpeg': jpegSize,
  'image/webp': webpSize,
}

/** PNG (third edition) 5.3: chunks of length, type, data and checksum; IHDR is the first, IEND the last. */
function pngSize(bytes: Uint8Array, view: DataView): [number, number] | null {
  if (wordAt(bytes, 12) !== 'IHDR') return null
  let hasPixels = false
  for (let at = 8; at < bytes.length; at += view.getUint32(at) + 12) {
    const type = wordAt(bytes, at + 4)
    if (type === 'IDAT') hasPixels = true
    if (type === 'IEND')
      return hasPixels && at + 12 <= bytes.length ? [view.getUint32(16), view.getUint32(20)] : null
  }
  return null
}

/** Frame headers of all kinds but those of the markers DHT, JPG and DAC (ITU T.81, table B.1). */
function isFrame(marker: number): boolean {
  return marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)
}

/** ITU T.81, B.1: segments of marker and length up to the scan, which ends with the marker EOI. */
function jpegSize(bytes: Uint8Array, view: DataView): [number, number] | null {
  let size: [number, number] | null = null
  let at = 2
  while (view.getUint8(at) === 0xff) {
    const marker = view.getUint8(at + 1)
    if (marker === 0xff) {
      at += 1
      continue
    }
    if (marker === 0xda) return size && hasEnd(bytes, at) ? size : null
    if (isFrame(marker)) size = [view.getUint16(at + 7), view.getUint16(at + 5)]
    at += 2 + view.getUint16(at + 2)
  }
  return null
}

function hasEnd(bytes: Uint8Array, from: number): boolean {
  for (let at = bytes.length - 2; at > from; at -= 1)
    if (bytes[at] === 0xff && bytes[at + 1] === 0xd9) return true
  return false
}

/** RFC 9649: the size of the whole file, then a first chunk of three kinds, each of which begins with the canvas. */
function webpSize(bytes: Uint8Array, view: DataView): [number, number] | null {
  if (view.getUint32(4, true) + 8 > bytes.length) return null
  const kind = wordAt(bytes, 12)
  if (kind === 'VP8X') return [uint24(view, 24) + 1, uint24(view, 27) + 1]
  if (kind === 'VP8L') {
    const packed = view.getUint32(21, true)
    return [(packed & 0x3fff) + 1, ((packed >>> 14) & 0x3fff) + 1]
  }
  return kind === 'VP8 ' ? [view.getUint16(26, true) & 0x3fff, view.getUint16(28, true) & 0x3fff] : null
}

function uint24(view: DataView, at: number): number {
  return view.getUint16(at, true) | (view.getUint8(at + 2) << 16)
}

function wordAt(bytes: Uint8Array, from: number): string {
  return String.fromCharCode(...bytes.slice(from, from + 4))
}
