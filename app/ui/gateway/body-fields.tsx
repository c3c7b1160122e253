// The body of a call: the document's example to edit, a file, or its parts.
import { useState } from 'react'
import { SelectField, TextAreaField, TextField } from '~/ui/field'
import type { CallBody } from './call-fields'
import { bodyId, type CallErrors, contentTypeId } from './call-request'
import { PartFields } from './part-fields'

type BodyFieldsProps = { bodies: readonly CallBody[]; required: boolean; errors: CallErrors }

export function BodyFields({ bodies, required, errors }: BodyFieldsProps) {
  const [chosen, choose] = useState(0)
  const body = bodies[chosen] ?? bodies[0]
  if (!body) return null
  const shared = {
    label: 'Request body',
    id: bodyId,
    name: bodyId,
    hint: bodies.length === 1 ? body.contentType : null,
    errors: errors[bodyId] ? [errors[bodyId]] : null,
    optional: !required,
    required,
  }
  return (
    <div className="flex flex-col gap-4">
      {bodies.length > 1 && (
        <SelectField
          label="Content type"
          id={contentTypeId}
          name={contentTypeId}
          value={body.contentType}
          onChange={(event) =>
            choose(bodies.findIndex(({ contentType }) => contentType === event.target.value))
          }
          options={bodies.map(({ contentType }) => ({ value: contentType, label: contentType }))}
        />
      )}
      {body.kind === 'parts' ? (
        <PartFields
          key={body.contentType}
          parts={body.parts}
          contentType={body.contentType}
          errors={errors}
        />
      ) : body.kind === 'file' ? (
        <TextField {...shared} key={body.contentType} type="file" />
      ) : (
        <TextAreaField
          {...shared}
          key={body.contentType}
          mono
          rows={rowsOf(body.example)}
          defaultValue={body.example ?? ''}
          spellCheck={false}
          autoComplete="off"
          autoCapitalize="none"
        />
      )}
    </div>
  )
}

function rowsOf(example: string | null): number {
  return Math.min(16, Math.max(4, (example ?? '').split('\n').length))
}
