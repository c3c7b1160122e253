// Who somebody is: address and names, in the order of every form about a person.
import { TextField } from '~/ui/field'
import type { FieldText } from '~/ui/field-frame'
import { FieldRow } from '~/ui/form-layout'

type Field = Pick<FieldText, 'id' | 'name' | 'errors'> & { defaultValue?: string | undefined }

type PersonFieldsProps = {
  field: (name: 'email' | 'firstName' | 'lastName') => Field
  /** The person fills it in: the browser may help with what it knows of them. */
  own?: boolean | undefined
}

export function PersonFields({ field, own = false }: PersonFieldsProps) {
  const help = (word: string) => (own ? word : 'off')
  return (
    <>
      <TextField
        {...field('email')}
        label={own ? 'Email address' : 'Email'}
        type="email"
        autoComplete={help('username')}
        required
      />
      <FieldRow>
        <TextField {...field('firstName')} label="First name" autoComplete={help('given-name')} required />
        <TextField {...field('lastName')} label="Last name" autoComplete={help('family-name')} required />
      </FieldRow>
    </>
  )
}
