// The parameters of a call, place by place. What need not be filled in is folded away, so that the call is soon sent.
import { SelectField, TextField } from '~/ui/field'
import { FieldSet } from '~/ui/form-layout'
import type { CallField } from './call-fields'
import type { CallErrors } from './call-request'
import { Folded } from './folded'

const legends = { path: 'Path parameters', query: 'Query parameters', header: 'Headers' } as const
const folded = { path: '', query: 'Optional query parameters', header: 'Optional headers' } as const

type ParameterFieldsProps = { fields: readonly CallField[]; errors: CallErrors }

export function ParameterFields({ fields, errors }: ParameterFieldsProps) {
  return (Object.keys(legends) as (keyof typeof legends)[]).map((place) => {
    const here = fields.filter((field) => field.in === place)
    const required = here.filter((field) => field.required)
    const optional = here.filter((field) => !field.required)
    return [
      required.length > 0 && (
        <FieldSet key={place} legend={legends[place]}>
          <Fields fields={required} errors={errors} />
        </FieldSet>
      ),
      optional.length > 0 && (
        <Folded key={`${place}-optional`} summary={folded[place]} count={optional.length}>
          <Fields fields={optional} errors={errors} />
        </Folded>
      ),
    ]
  })
}

function Fields({ fields, errors }: ParameterFieldsProps) {
  return (
    <div className="flex flex-col gap-4">
      {fields.map((field) => (
        <Field key={field.id} field={field} error={errors[field.id]} />
      ))}
    </div>
  )
}

function Field({ field, error }: { field: CallField; error: string | undefined }) {
  const { id, name, type, required, choices, initial } = field
  const shared = {
    label: name,
    id,
    name: id,
    hint: <Hint field={field} />,
    errors: error ? [error] : null,
    defaultValue: initial,
    required,
  }
  if (choices) {
    const options = choices.map((choice) => ({ value: choice, label: choice }))
    return (
      <SelectField
        {...shared}
        options={required ? options : [{ value: '', label: 'Not sent' }, ...options]}
      />
    )
  }
  const isNumber = /^(integer|number)\b/.test(type)
  return (
    <TextField
      {...shared}
      mono
      autoComplete="off"
      spellCheck={false}
      autoCapitalize="none"
      inputMode={isNumber ? 'decimal' : undefined}
    />
  )
}

function Hint({ field: { type, description, example, initial, list } }: { field: CallField }) {
  return (
    <>
      <span className="wrap-anywhere">
        {type}
        {list && ', with commas between'}
        {description && ` · ${description}`}
      </span>
      {example !== null && example !== initial && (
        <span className="block wrap-anywhere">
          Example: <code>{example}</code>
        </span>
      )}
    </>
  )
}
