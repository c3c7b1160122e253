// The parts of a body, a field each.
import { TextAreaField, TextField } from '~/ui/field'
import { FieldSet } from '~/ui/form-layout'
import type { CallPart } from './call-parts'
import type { CallErrors } from './call-request'

type PartFieldsProps = { parts: readonly CallPart[]; contentType: string; errors: CallErrors }

export function PartFields({ parts, contentType, errors }: PartFieldsProps) {
  return (
    <FieldSet legend={`Request body, ${contentType}`}>
      <div className="flex flex-col gap-4">
        {parts.map((part) => (
          <Part key={part.id} part={part} error={errors[part.id]} />
        ))}
      </div>
    </FieldSet>
  )
}

function Part({ part, error }: { part: CallPart; error: string | undefined }) {
  const { id, name, required, kind, type, description } = part
  const isFile = kind === 'file' || kind === 'files'
  const shared = {
    label: name,
    id,
    name: id,
    hint: [isFile ? null : type, kind === 'list' && 'with commas between', description]
      .filter(Boolean)
      .join(' · '),
    errors: error ? [error] : null,
    optional: !required,
    required,
  }
  if (isFile) return <TextField {...shared} type="file" multiple={kind === 'files'} />
  const plain = { mono: true, spellCheck: false, autoComplete: 'off', autoCapitalize: 'none' } as const
  return kind === 'json' ? (
    <TextAreaField {...shared} {...plain} />
  ) : (
    <TextField {...shared} {...plain} inputMode={/^(integer|number)\b/.test(type) ? 'decimal' : undefined} />
  )
}
