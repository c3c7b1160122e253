// The page that removes a second factor, or with the last one turns all of it off.
import type { ComponentProps } from 'react'
import { FormPage } from '~/ui/form-page'
import { useServerForm } from '~/ui/use-server-form'
import { FactorProofFields } from './factor-proof-fields'

type RemoveFactorPageProps = Pick<ComponentProps<typeof FormPage>, 'title' | 'breadcrumbs' | 'cancelTo'> & {
  id: string
  lastResult: unknown
  /** It is the only one. */
  last: boolean
  /** What becomes of it when there are others. */
  otherwise: string
  submit: string
  passkeyTo: string | null
}

export function RemoveFactorPage(props: RemoveFactorPageProps) {
  const { id, lastResult, last, otherwise, submit, passkeyTo, ...page } = props
  const form = useServerForm({ id, lastResult })
  return (
    <FormPage
      {...page}
      description={
        last
          ? 'It is your only second factor: after this, your password alone opens your account, and your recovery codes are gone.'
          : otherwise
      }
      form={form}
      submit={last ? 'Turn off two-factor' : submit}
      danger
    >
      <FactorProofFields field={form.field} passkeyTo={passkeyTo} />
    </FormPage>
  )
}
