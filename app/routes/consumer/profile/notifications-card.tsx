import { Form } from '@remix-run/react'
import { type MailChoice, mailChoices, mailChoicesOf } from '~/domain/accounts/mail-choices'
import { paths } from '~/platform/paths'
import { SubmitButton } from '~/ui/button'
import { Card, CardBody, CardHeader } from '~/ui/card'
import { SwitchField } from '~/ui/choice-field'
import { FormActions } from '~/ui/form-layout'

type NotificationsCardProps = {
  role: 'developer' | 'admin'
  profile: Record<MailChoice | 'notifyDaily', boolean>
}

export function NotificationsCard({ role, profile }: NotificationsCardProps) {
  return (
    <Card>
      <CardHeader
        title="Mails"
        description={
          role === 'admin'
            ? 'Notices that guard your account are always sent, and what no admin wants goes to all of them. A notification address in the settings gets all of these instead.'
            : 'Notices that guard your account are always sent.'
        }
      />
      <CardBody>
        <Form method="post" action={paths.dashboard.notifications} className="flex flex-col gap-4">
          <div>
            {mailChoicesOf(role).map((choice) => (
              <SwitchField
                key={choice}
                name={choice}
                label={mailChoices[choice].label}
                defaultChecked={profile[choice]}
              />
            ))}
            <SwitchField
              name="notifyDaily"
              label="Once a day"
              hint="Collects them in one mail at 07:00 UTC, instead of sending each at once."
              defaultChecked={profile.notifyDaily}
            />
          </div>
          <FormActions>
            <SubmitButton>Save choices</SubmitButton>
          </FormActions>
        </Form>
      </CardBody>
    </Card>
  )
}
