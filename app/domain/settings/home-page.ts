// The text of the home page: what the form takes.
import { z } from 'zod'
import { paragraphSchema } from '~/domain/kernel/text'

export const maxHomeText = 10_000

/** `body` is what every field of Markdown is called. */
export const editHomePageInput = z.object({ body: paragraphSchema('The text', maxHomeText) })
export type EditHomePageInput = z.output<typeof editHomePageInput>
