// The fields of a guide.
import { TextField } from '~/ui/field'
import { FormFields } from '~/ui/form-layout'
import type { ServerForm } from '~/ui/use-server-form'
import { MarkdownField } from './markdown-field'

export function GuideFields({ form, previewAction }: { form: ServerForm; previewAction: string }) {
  return (
    <>
      <FormFields>
        <TextField {...form.field('title')} label="Title" maxLength={120} required />
        <TextField
          {...form.field('slug')}
          label="Slug"
          hint="The last part of its address, such as “first-steps”."
          maxLength={60}
          mono
          required
          autoCapitalize="none"
          spellCheck={false}
        />
      </FormFields>
      <MarkdownField
        {...form.field('body')}
        label="Text"
        hint="Markdown. The title is shown above it."
        rows={20}
        previewAction={previewAction}
      />
    </>
  )
}
