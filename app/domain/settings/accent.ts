// The accent color of the portal: what the form takes, and how it is corrected where white words stand on it. The style
// sheet (styles/tokens.css, --color-accent) corrects in the same way; mails and messages take it from here.
import { z } from 'zod'

export const defaultAccent = '#4f46e5'

const notAColor = 'Enter a color as “#” and six digits from 0 to f, such as #0f766e.'

/** As people write colors: with or without the hash, in any case, or three digits for six. Null for what is none. */
export function hexColor(text: string): string | null {
  const digits = /^#?([0-9a-f]{6}|[0-9a-f]{3})$/i.exec(text.trim())?.[1]?.toLowerCase()
  return digits ? `#${digits.length === 6 ? digits : digits.replace(/./g, '$&$&')}` : null
}

/** Empty for the default. */
export const setAccentColorInput = z.object({
  accentColor: z
    .string()
    .trim()
    .max(20, notAColor)
    .default('')
    .transform((text, issues) => {
      if (text === '') return null
      const color = hexColor(text)
      if (color) return color
      issues.addIssue({ code: 'custom', message: notAColor })
      return z.NEVER
    }),
})
export type SetAccentColorInput = z.output<typeof setAccentColorInput>

type Triple = [number, number, number]

/** Lightness and chroma at which white words keep 4.5:1 (WCAG 2.2, 1.4.3) whatever the hue. */
const lightest = 0.51
const darkest = 0.32
const mostChroma = 0.2

/** The color of a button, as six digits: `accent` itself, or as light or dark as white words need it. */
export function readableAccent(accent: string): string {
  const [lightness, a, b] = toOklab(accent)
  const chroma = Math.hypot(a, b)
  const held = Math.min(Math.max(lightness, darkest), lightest)
  // What is within bounds stays as it is, to the digit.
  if (held === lightness && chroma <= mostChroma) return accent
  const scale = chroma > mostChroma ? mostChroma / chroma : 1
  return fromOklab([held, a * scale, b * scale])
}

/** The color of a button, where anybody would see that it is another than the accent. */
export function visibleCorrection(accent: string): string | null {
  const shown = readableAccent(accent)
  const apart = [1, 3, 5].map((at) => channelOf(accent, at) - channelOf(shown, at))
  return apart.some((difference) => Math.abs(difference) > 16) ? shown : null
}

function channelOf(hex: string, at: number): number {
  return Number.parseInt(hex.slice(at, at + 2), 16)
}

/** https://bottosson.github.io/posts/oklab/, with the matrices of CSS Color 4. */
function toOklab(hex: string): Triple {
  const [r, g, b] = [1, 3, 5].map((at) => {
    const channel = channelOf(hex, at) / 255
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4
  }) as Triple
  const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b)
  const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b)
  const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b)
  return [
    0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
    0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s,
  ]
}

/** What no screen can show is cut off, as browsers do. */
function fromOklab([lightness, a, b]: Triple): string {
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3
  const channels = [
    4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
    -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
    -0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s,
  ].map((linear) => {
    const light = Math.min(1, Math.max(0, linear))
    const channel = light <= 0.0031308 ? light * 12.92 : 1.055 * light ** (1 / 2.4) - 0.055
    return Math.round(channel * 255)
      .toString(16)
      .padStart(2, '0')
  })
  return `#${channels.join('')}`
}
