// The text of the home page: what the form takes.
import { z } from 'zod'
import { paragraphSchema } from '~/domain/kernel/text'

export const maxHomeText = 10_000

/** `body` is what every field of Markdown is called; `version` is that of the text with which the form was shown. */
export const editHomePageInput = z.object({
  body: paragraphSchema('The text', maxHomeText),
  version: z.coerce.number().int().min(0).default(0),
})
export type EditHomePageInput = z.output<typeof editHomePageInput>
