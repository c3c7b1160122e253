// The text of a document, from wherever the form says that it is.
import { type DocumentSource, uploadedText } from '~/domain/catalog/document-source'
import type { OwnOrigins } from '~/domain/catalog/public-address'
import { fieldError } from '~/domain/kernel/errors'
import { fail, ok, type Result } from '~/domain/kernel/result'
import { fetchDocument } from './fetch-document'

export async function documentText(source: DocumentSource, own: OwnOrigins): Promise<Result<string>> {
  if (source.file) return uploadedText(source.file)
  if (!source.url) return ok(source.text ?? '')
  const fetched = await fetchDocument(source.url, own)
  return fetched.ok ? ok(fetched.text) : fail(fieldError('url', fetched.problem))
}
