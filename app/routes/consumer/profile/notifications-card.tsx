import { Form } from '@remix-run/react'
import {
  canStop,
  type MailChoice,
  type MailTiming,
  mailChoices,
  mailChoicesOf,
  mailTimings,
} from '~/domain/accounts/mail-choices'
import { paths } from '~/platform/paths'
import { SubmitButton } from '~/ui/button'
import { Card, CardBody, CardHeader } from '~/ui/card'
import { FormActions } from '~/ui/form-layout'

type NotificationsCardProps = {
  role: 'developer' | 'admin'
  timings: Record<MailChoice, MailTiming>
}

const columns = Object.entries(mailTimings) as [MailTiming, string][]

export function NotificationsCard({ role, timings }: NotificationsCardProps) {
  return (
    <Card>
      <CardHeader
        title="Mails"
        description={
          role === 'admin'
            ? 'Once a day is one mail at 07:00 UTC. Notices that guard your account always come at once, and what no admin wants goes to all of them. A notification address in the settings gets what is for admins instead.'
            : 'Once a day is one mail at 07:00 UTC. Notices that guard your account and your keys always come at once.'
        }
      />
      <CardBody>
        <Form method="post" action={paths.dashboard.notifications} className="flex flex-col gap-4">
          <table className="w-full border-separate border-spacing-0 text-left">
            <caption className="sr-only">When each kind of mail comes</caption>
            <thead>
              <tr className="align-bottom text-sm text-muted">
                <td className="pb-2">
                  <span className="sr-only">Kind of mail</span>
                </td>
                {columns.map(([timing, label]) => (
                  <th
                    key={timing}
                    scope="col"
                    id={`mail-${timing}`}
                    className="w-16 pb-2 text-center font-medium sm:w-24"
                  >
                    {label}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {mailChoicesOf(role).map((choice) => (
                <tr key={choice}>
                  <th
                    scope="row"
                    id={`mail-${choice}`}
                    className="border-t border-line py-2.5 pr-3 font-medium"
                  >
                    {mailChoices[choice].label}
                  </th>
                  {columns.map(([timing]) => (
                    <td key={timing} className="border-t border-line p-0 text-center">
                      {timing === 'never' && !canStop(choice) ? (
                        <span className="text-sm text-muted">
                          <span aria-hidden="true">–</span>
                          <span className="sr-only">Not possible</span>
                        </span>
                      ) : (
                        <label className="flex min-h-11 cursor-pointer items-center justify-center hover:bg-hover">
                          <input
                            type="radio"
                            name={choice}
                            value={timing}
                            defaultChecked={timings[choice] === timing}
                            aria-labelledby={`mail-${choice} mail-${timing}`}
                            className="check"
                          />
                        </label>
                      )}
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
          <FormActions>
            <SubmitButton>Save choices</SubmitButton>
          </FormActions>
        </Form>
      </CardBody>
    </Card>
  )
}
