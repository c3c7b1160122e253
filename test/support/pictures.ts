// Pictures of 6 × 4 pixels as programs write them, and PNGs of any size.

function bytesOf(base64: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0))
}

export const smallPictures = {
  png: bytesOf(
    'iVBORw0KGgoAAAANSUhEUgAAAAYAAAAECAYAAACtBE5DAAAAJElEQVR4AZTJMQ0AAAwCwQZxXetfQHWAARj45KfD7dONCfUgAAAA//8O0GDAAAAABklEQVQDAAy7Dt+9UCfsAAAAAElFTkSuQmCC',
  ),
  jpeg: bytesOf(
    '/9j/2wBDAFA3PEY8MlBGQUZaVVBfeMiCeG5uePWvuZHI////////////////////////////////////////////////////2wBDAVVaWnhpeOuCguv/////////////////////////////////////////////////////////////////////////wAARCAAEAAYDASIAAhEBAxEB/8QAFQABAQAAAAAAAAAAAAAAAAAAAAP/xAAUEAEAAAAAAAAAAAAAAAAAAAAA/8QAFQEBAQAAAAAAAAAAAAAAAAAAAQP/xAAUEQEAAAAAAAAAAAAAAAAAAAAA/9oADAMBAAIRAxEAPwCYC4f/2Q==',
  ),
  lossyWebp: bytesOf('UklGRi4AAABXRUJQVlA4ICIAAABwAQCdASoGAAQAB0CWJaACdAFAAAD+3hJ+j/u/9SU96EAA'),
  losslessWebp: bytesOf('UklGRh4AAABXRUJQVlA4TBEAAAAvBcAAAAdQoz61vP+BiOh/AAA='),
  extendedWebp: bytesOf(
    'UklGRkwAAABXRUJQVlA4WAoAAAAQAAAABQAAAwAAQUxQSAwAAAABDzCAERFiAiL6HwFWUDggGgAAADABAJ0BKgYABAAHQJYllAADcAD+3hHAGMAA',
  ),
}

/** A PNG that says to be so large. `pixels` are compressed already; without them nobody could draw it. */
export function pngOf(
  width: number,
  height: number,
  pixels: Uint8Array = new Uint8Array([width % 251, height % 251]),
): Uint8Array<ArrayBuffer> {
  const header = new Uint8Array(13)
  const view = new DataView(header.buffer)
  view.setUint32(0, width)
  view.setUint32(4, height)
  // Eight bits for each of red, green, blue and alpha.
  header.set([8, 6, 0, 0, 0], 8)
  return Uint8Array.from([
    ...[0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a],
    ...chunk('IHDR', header),
    ...chunk('IDAT', pixels),
    ...chunk('IEND', new Uint8Array()),
  ])
}

function chunk(type: string, data: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(12 + data.length)
  const view = new DataView(bytes.buffer)
  view.setUint32(0, data.length)
  bytes.set(new TextEncoder().encode(type), 4)
  bytes.set(data, 8)
  view.setUint32(8 + data.length, checksum(bytes.subarray(4, 8 + data.length)))
  return bytes
}

/** CRC-32 as of PNG, annex D. */
function checksum(bytes: Uint8Array): number {
  let crc = 0xffffffff
  for (const byte of bytes) {
    crc ^= byte
    for (let bit = 0; bit < 8; bit += 1) crc = crc & 1 ? 0xedb88320 ^ (crc >>> 1) : crc >>> 1
  }
  return (crc ^ 0xffffffff) >>> 0
}
