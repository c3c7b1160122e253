// The fields of a product: what it is called, what it says of itself, and where it is offered.
import { CheckboxField, CheckboxGroup } from '~/ui/choice-field'
import { TextField } from '~/ui/field'
import { FormFields } from '~/ui/form-layout'
import { isTicked, tickedValues } from '~/ui/form-values'
import type { ServerForm } from '~/ui/use-server-form'
import { MarkdownField } from './markdown-field'

type ProductFieldsProps = {
  form: ServerForm
  previewAction: string
  catalogs: readonly { id: string; name: string }[]
  chosenCatalogs: readonly string[]
  featured: boolean
  /** Somebody has access: the slug stays. */
  slugFixed?: boolean
}

export function ProductFields(props: ProductFieldsProps) {
  const { form, previewAction, catalogs, chosenCatalogs, featured, slugFixed = false } = props
  const { defaultValue: _, ...featuredField } = form.field('featured')
  return (
    <>
      <FormFields>
        <TextField {...form.field('name')} label="Name" maxLength={80} required />
        <TextField
          {...form.field('slug')}
          label="Slug"
          hint={
            slugFixed
              ? 'Part of the addresses that are called. It stays while somebody has access.'
              : 'Part of every address of the product, such as “payments”: small letters, digits and dashes.'
          }
          maxLength={60}
          mono
          required
          readOnly={slugFixed}
          autoCapitalize="none"
          spellCheck={false}
        />
        <TextField
          {...form.field('summary')}
          label="Summary"
          hint="One line, for lists."
          maxLength={200}
          required
        />
        <TextField
          {...form.field('tags')}
          label="Tags"
          hint="With commas between them, such as “money, identity”."
          optional
        />
        <CheckboxField
          {...featuredField}
          label="Featured: shown on the home page before others"
          defaultChecked={isTicked(form.failed, form.value('featured'), featured)}
        />
        {catalogs.length > 0 && (
          <CheckboxGroup
            id={form.field('catalogIds').id}
            name="catalogIds"
            legend="Catalogs"
            hint="Whoever sees one of them sees the product, once it is published."
            options={catalogs.map(({ id, name }) => ({ value: id, label: name }))}
            defaultValues={tickedValues(form.failed, form.value('catalogIds'), chosenCatalogs)}
            errors={form.field('catalogIds').errors}
            columns
          />
        )}
      </FormFields>
      <MarkdownField
        {...form.field('description')}
        label="Description"
        optional
        hint="Markdown. It is shown on the product’s page."
        previewAction={previewAction}
      />
    </>
  )
}
