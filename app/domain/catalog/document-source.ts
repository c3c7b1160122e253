// Where a document comes from: a file, a text that was pasted, or an address. Exactly one of them.
import { z } from 'zod'
import { domainError } from '~/domain/kernel/errors'
import { fail, ok, type Result } from '~/domain/kernel/result'
import { maxDocumentBytes } from './read-json-or-yaml'

/** A little more than a document may have, so that one that is too large is told so at its field. */
export const maxDocumentFormBytes = maxDocumentBytes + 1024 * 1024

export const documentSourceInput = z
  .object({
    // Browsers send an empty file when none was chosen.
    file: z
      .instanceof(File)
      .optional()
      .transform((file) => (file && file.size > 0 ? file : undefined)),
    text: z.string().optional(),
    url: z.string().trim().max(2000, 'An address has at most 2,000 characters.').optional(),
  })
  .superRefine(({ file, text, url }, ctx) => {
    const given = [file, text?.trim(), url].filter(Boolean).length
    if (given === 1) return
    const message =
      given === 0
        ? 'Choose a file, paste the document, or enter its address.'
        : 'Give one of the three: a file, a text, or an address.'
    ctx.addIssue({ code: 'custom', path: [file || given === 0 ? 'file' : 'text'], message })
  })
export type DocumentSource = z.output<typeof documentSourceInput>

/** The text of a file that was uploaded. */
export async function uploadedText(file: File): Promise<Result<string>> {
  if (file.size > maxDocumentBytes)
    return fail(atFile('The document has more than 5 MB. Split it into several APIs.'))
  try {
    return ok(new TextDecoder('utf-8', { fatal: true }).decode(await file.arrayBuffer()))
  } catch {
    return fail(atFile('This is not a text. Choose the JSON or YAML file of the document.'))
  }
}

function atFile(message: string) {
  return domainError('invalid_input', message, { fields: { file: [message] } })
}
