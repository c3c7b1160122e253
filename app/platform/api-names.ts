// The API says `first_name` where the domain says `firstName`: the very schemas of the forms, under the API's names.
import { z } from 'zod'

export function snakeName(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
}

function camelName(name: string): string {
  return name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase())
}

/** Of nearly all bodies: a list of a hundred ids is the longest thing in them. */
export const usualBodyBytes = 64 * 1024

/** `schema` takes the API's names and refuses every other; `read` answers what a command takes. */
export type ApiBody<T = unknown> = {
  name: string
  /** As it is sent: longer ones are refused unread. */
  maxBytes: number
  schema: z.ZodObject
  read(value: unknown): z.ZodSafeParseResult<T>
}

/** `name` is the schema's name in the document. Fields are flat: no input of a command nests objects. */
export function bodyOf<S extends z.ZodObject>(
  name: string,
  input: S,
  { maxBytes = usualBodyBytes }: { maxBytes?: number } = {},
): ApiBody<z.output<S>> {
  const schema = z.strictObject(
    Object.fromEntries(Object.entries(input.shape).map(([field, type]) => [snakeName(field), type])),
  )
  return {
    name,
    maxBytes,
    schema,
    read(value) {
      const parsed = schema.safeParse(value)
      if (!parsed.success) return parsed as z.ZodSafeParseError<z.output<S>>
      const data = Object.entries(parsed.data).map(([field, one]) => [camelName(field), one])
      return { success: true, data: Object.fromEntries(data) as z.output<S> }
    },
  }
}
