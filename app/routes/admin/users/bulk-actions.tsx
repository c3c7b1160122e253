// What can be done with the ticked users. Nothing that hurts happens without a page that asks once more.
import { paths } from '~/platform/paths'
import { Button, SubmitButton } from '~/ui/button'

export function BulkActions({ formId }: { formId: string }) {
  const { admin } = paths
  const asking = [
    { to: admin.rejectUsers, label: 'Reject' },
    { to: admin.deactivateUsers, label: 'Deactivate' },
    { to: admin.deleteUsers, label: 'Delete' },
  ]
  return (
    <>
      <SubmitButton form={formId} formAction={admin.activateUsers} size="sm">
        Activate
      </SubmitButton>
      <SubmitButton form={formId} formAction={admin.inviteUsers} size="sm" variant="secondary">
        Send invite
      </SubmitButton>
      {asking.map(({ to, label }) => (
        <Button key={to} type="submit" form={formId} formAction={to} formMethod="get" size="sm">
          {label}
        </Button>
      ))}
    </>
  )
}
