// What happens when a team is deleted.
import { countOf } from '~/ui/count-of'

type TeamDeletionFactsProps = { members: number; sharedApps: number; inviteCodes: number; catalogs: number }

export function TeamDeletionFacts({ members, sharedApps, inviteCodes, catalogs }: TeamDeletionFactsProps) {
  const items = [
    members > 0 &&
      `${countOf(members, 'member stays', 'members stay')} in the organization and its default team.`,
    sharedApps > 0 &&
      `${countOf(sharedApps, 'app that is', 'apps that are')} shared with the team only ${sharedApps === 1 ? 'becomes' : 'become'} personal: other members do not see them any more. Their keys go on working.`,
    inviteCodes > 0 &&
      `${countOf(inviteCodes, 'invite code', 'invite codes')} of the team ${inviteCodes === 1 ? 'is' : 'are'} deleted.`,
    catalogs > 0 &&
      `The team sees ${countOf(catalogs, 'catalog', 'catalogs')} that its members may not see any more. Access that was approved stays.`,
    'The audit log keeps the name and what was done.',
  ]
  return (
    <ul className="flex list-disc flex-col gap-1 pl-5">
      {items.map((item) => item && <li key={item}>{item}</li>)}
    </ul>
  )
}
