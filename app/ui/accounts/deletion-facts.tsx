// What goes with an account, said before it is deleted.
import type { DeletionPreview } from '~/domain/accounts/deletion-preview'
import { countOf } from '~/ui/count-of'

export function DeletionFacts({ preview, own }: { preview: DeletionPreview; own: boolean }) {
  const { personalApps, sharedApps, openRequests, heir } = preview
  const whose = own ? 'your' : 'their'
  const items = [
    `${own ? 'You are' : `${preview.name} is`} logged out everywhere at once, and the account cannot be brought back.`,
    personalApps > 0
      ? `${countOf(personalApps, 'personal app')} and ${whose} keys are deleted: calls with them are refused within seconds.`
      : null,
    openRequests > 0
      ? `${countOf(openRequests, 'open access request')} of these apps ${openRequests === 1 ? 'ends' : 'end'}.`
      : null,
    sharedApps > 0
      ? heir
        ? `${countOf(sharedApps, 'shared app')} ${sharedApps === 1 ? 'goes' : 'go'} on and ${sharedApps === 1 ? 'passes' : 'pass'} to ${heir}.`
        : `${countOf(sharedApps, 'shared app')} ${sharedApps === 1 ? 'is' : 'are'} deleted too: nobody else is in the organization.`
      : null,
    'The audit log keeps the name and what was done.',
  ]
  return (
    <ul className="flex list-disc flex-col gap-1 pl-5">
      {items.map((item) => item && <li key={item}>{item}</li>)}
    </ul>
  )
}

/** The same for several people at once. */
export function DeletionsFacts({ previews }: { previews: readonly DeletionPreview[] }) {
  const sum = (part: 'personalApps' | 'sharedApps' | 'openRequests') =>
    previews.reduce((total, preview) => total + preview[part], 0)
  const [personalApps, sharedApps, openRequests] = [
    sum('personalApps'),
    sum('sharedApps'),
    sum('openRequests'),
  ]
  const items = [
    'They are logged out everywhere at once, and the accounts cannot be brought back.',
    personalApps > 0
      ? `${countOf(personalApps, 'personal app')} and the keys of these apps are deleted: calls with them are refused within seconds.`
      : null,
    openRequests > 0
      ? `${countOf(openRequests, 'open access request')} of these apps ${openRequests === 1 ? 'ends' : 'end'}.`
      : null,
    sharedApps > 0
      ? `${countOf(sharedApps, 'shared app')} ${sharedApps === 1 ? 'passes' : 'pass'} to a super admin or another member who stays in the organization. Where nobody stays, they are deleted too.`
      : null,
    'The audit log keeps the names and what was done.',
  ]
  return (
    <ul className="flex list-disc flex-col gap-1 pl-5">
      {items.map((item) => item && <li key={item}>{item}</li>)}
    </ul>
  )
}
