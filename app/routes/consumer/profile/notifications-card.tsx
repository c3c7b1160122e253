import { Form } from '@remix-run/react'
import { paths } from '~/platform/paths'
import { SubmitButton } from '~/ui/button'
import { Card, CardBody, CardHeader } from '~/ui/card'
import { SwitchField } from '~/ui/choice-field'
import { FormActions } from '~/ui/form-layout'

type NotificationsCardProps = { profile: { notifyRequests: boolean; notifyExpiry: boolean } }

export function NotificationsCard({ profile }: NotificationsCardProps) {
  return (
    <Card>
      <CardHeader title="Mails" description="Notices that guard your account are always sent." />
      <CardBody>
        <Form method="post" action={paths.dashboard.notifications} className="flex flex-col gap-4">
          <div>
            <SwitchField
              name="notifyRequests"
              label="Decisions about my access requests"
              defaultChecked={profile.notifyRequests}
            />
            <SwitchField
              name="notifyExpiry"
              label="Keys that expire, and quotas that run out"
              defaultChecked={profile.notifyExpiry}
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
