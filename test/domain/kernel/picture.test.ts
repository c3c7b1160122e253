import { expect, test } from 'vitest'
import { pictureType, readPicture } from '~/domain/kernel/picture'
import { pngOf, smallPictures } from '~test/support/pictures'

const types = {
  png: 'image/png',
  jpeg: 'image/jpeg',
  lossyWebp: 'image/webp',
  losslessWebp: 'image/webp',
  extendedWebp: 'image/webp',
} as const
const kinds = Object.keys(types) as (keyof typeof types)[]

test.each(kinds)('%s is read as what it is and how large, and cut off anywhere it is none', (kind) => {
  const bytes = smallPictures[kind]
  expect(readPicture(bytes)).toEqual({ contentType: types[kind], width: 6, height: 4 })
  for (let length = 0; length < bytes.length; length += 1)
    expect(readPicture(bytes.slice(0, length)), `${length} of ${bytes.length} bytes`).toBeNull()
})

test('a part of a larger buffer is read by itself', () => {
  const { png } = smallPictures
  const buffer = new Uint8Array(png.length + 20)
  buffer.set(png, 10)
  expect(readPicture(buffer.subarray(10, 10 + png.length))).toMatchObject({ width: 6, height: 4 })
})

test('a progressive JPEG, and one with fill bytes between its segments, has a size too', () => {
  const { jpeg } = smallPictures
  const frame = jpeg.findIndex((byte, at) => byte === 0xff && jpeg[at + 1] === 0xc0)
  const progressive = Uint8Array.from(jpeg)
  progressive[frame + 1] = 0xc2
  expect(readPicture(progressive)).toMatchObject({ width: 6, height: 4 })
  const filled = Uint8Array.from([...jpeg.slice(0, frame), 0xff, 0xff, ...jpeg.slice(frame)])
  expect(readPicture(filled)).toMatchObject({ width: 6, height: 4 })
})

test.each([
  ['no size', pngOf(0, 4)],
  ['no pixels', Uint8Array.from([...pngOf(6, 4).slice(0, 33), ...pngOf(6, 4).slice(-12)])],
  [
    'a chunk longer than the file',
    Uint8Array.from(pngOf(6, 4), (byte, at) => (at >= 33 && at < 37 ? 255 : byte)),
  ],
  ['a JPEG without a frame', Uint8Array.from([0xff, 0xd8, 0xff, 0xda, 0, 2, 0, 0xff, 0xd9])],
  ['another kind of WebP', Uint8Array.from(smallPictures.lossyWebp, (byte, at) => (at === 15 ? 0x5a : byte))],
])('%s: a picture only by how it begins is none', (_what, bytes) => {
  expect(pictureType(bytes)).not.toBeNull()
  expect(readPicture(bytes)).toBeNull()
})

test.each(['', '<svg xmlns="http://www.w3.org/2000/svg"/>', 'GIF89a', '<html></html>', 'RIFF....WAVE'])(
  '%j is no picture',
  (text) => {
    const bytes = new TextEncoder().encode(text)
    expect(pictureType(bytes)).toBeNull()
    expect(readPicture(bytes)).toBeNull()
  },
)
