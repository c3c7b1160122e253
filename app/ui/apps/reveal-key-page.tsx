// Asks before a key is shown, and who is there when the last log-in is a while ago; then shows it.
import { Form } from '@remix-run/react'
import type { ReactNode } from 'react'
import { credentialLine, credentialWords, maskedKey } from '~/domain/apps/credential'
import { ButtonLink, SubmitButton } from '~/ui/button'
import { Callout } from '~/ui/callout'
import { Card, CardBody } from '~/ui/card'
import { FormActions, FormErrors } from '~/ui/form-layout'
import { PageHeader } from '~/ui/page-header'
import { SecretField } from '~/ui/secret-field'
import { type ServerForm, useServerForm } from '~/ui/use-server-form'
import type { KeyPageProps } from './rotate-key-page'

type RevealKeyPageProps = KeyPageProps & {
  credential: { products: readonly string[]; showOnce: boolean }
  revealed: { secret: string | null; shownOnce: boolean; problem: string | null } | null
  mustConfirm: boolean
  lastResult: unknown
  /** The fields by which one proves to be there. */
  renderConfirmation: (form: ServerForm) => ReactNode
}

export function RevealKeyPage(props: RevealKeyPageProps) {
  const { credential, list, appTo, revealed, mustConfirm, lastResult, renderConfirmation } = props
  const form = useServerForm({ id: 'reveal-key', lastResult })
  const word = credentialWords[credential.type].secret
  const asks = revealed === null && (mustConfirm || form.failed)
  return (
    <>
      <PageHeader
        title={`Reveal ${word}`}
        breadcrumbs={[list, { label: credential.appName, to: appTo }]}
        description={credentialLine(credential)}
      />
      <Card>
        <CardBody className="flex flex-col gap-4">
          <FormErrors errors={revealed?.problem ? [revealed.problem] : form.errors} />
          {revealed?.shownOnce && (
            <Callout tone="amber" title={`This ${word} is shown this one time only`}>
              Copy it now and keep it in a safe place. It cannot be shown again.
            </Callout>
          )}
          {revealed === null && (
            <p className="max-w-text text-muted">
              {`Whoever holds this ${word} can call ${credential.products.join(', ')} as ${credential.appName}. `}
              Revealing it is recorded in the app’s activity.
              {credential.showOnce && ' It is shown once: after that, nobody can see it again.'}
            </p>
          )}
          {asks ? (
            <Form {...form.props} className="flex flex-col gap-4">
              <h2 className="font-medium">Confirm that it is you</h2>
              <p className="max-w-text text-muted">
                You logged in more than 15 minutes ago. Whoever else sits at this screen must not see the{' '}
                {word}.
              </p>
              {renderConfirmation(form)}
              <FormActions>
                <SubmitButton>Confirm and reveal</SubmitButton>
                <ButtonLink to={appTo}>Cancel</ButtonLink>
              </FormActions>
            </Form>
          ) : (
            <>
              <SecretField
                label={credential.type === 'api_key' ? 'API key' : 'Client secret'}
                masked={maskedKey(credential.hint, credential.type)}
                secret={revealed?.secret ?? null}
                revealForm={
                  !revealed && (
                    <Form method="post">
                      <SubmitButton>Reveal</SubmitButton>
                    </Form>
                  )
                }
              />
              <div>
                <ButtonLink to={appTo}>Back to the app</ButtonLink>
              </div>
            </>
          )}
        </CardBody>
      </Card>
    </>
  )
}
