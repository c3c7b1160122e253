// The fields of a catalog: its name, the part of the address by which lists name it, and who sees it.
import { catalogVisibilities, visibilityWords } from '~/domain/catalog/catalog'
import { TextField } from '~/ui/field'
import { FormFields } from '~/ui/form-layout'
import { RadioCards } from '~/ui/radio-cards'
import type { ServerForm } from '~/ui/use-server-form'

export function CatalogFields({ form }: { form: ServerForm }) {
  const visibility = form.field('visibility')
  return (
    <FormFields>
      <TextField {...form.field('name')} label="Name" maxLength={80} required />
      <TextField
        {...form.field('slug')}
        label="Slug"
        hint="Its name in addresses, such as “partners”: small letters, digits and dashes."
        maxLength={60}
        mono
        required
        autoCapitalize="none"
        spellCheck={false}
      />
      <RadioCards
        id={visibility.id}
        name="visibility"
        legend="Who sees it"
        errors={visibility.errors}
        defaultValue={visibility.defaultValue}
        options={catalogVisibilities.map((value) => ({
          value,
          title: visibilityWords[value].label,
          description: visibilityWords[value].hint,
        }))}
      />
    </FormFields>
  )
}
