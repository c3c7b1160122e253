// What happens when an organization is deleted, line by line; what does not concern it is left out.
import type { OrganizationDeletionPreview } from '~/domain/organizations/deletion-preview'
import { countOf } from '~/ui/count-of'

export function OrganizationDeletionFacts({ preview }: { preview: OrganizationDeletionPreview }) {
  const { members, teams, apps, workingKeys, appsThatStop, openRequests, openInvitations } = preview
  const items = [
    members > 0 &&
      `${countOf(members, 'member becomes a Team member', 'members become Team members')} of the default organization.`,
    apps > 0 &&
      `${countOf(apps, 'app becomes personal: it belongs', 'apps become personal: each belongs')} to its owner alone.`,
    workingKeys > 0 &&
      (preview.isStopped
        ? `${countOf(workingKeys, 'credential stays', 'credentials stay')} refused, because the organization is suspended or frozen: the apps stay frozen.`
        : `${countOf(workingKeys, 'credential goes', 'credentials go')} on working under the terms that were approved.`),
    appsThatStop > 0 &&
      `${countOf(appsThatStop, 'app belongs', 'apps belong')} to a closed account: calls are refused until that account is activated.`,
    openRequests > 0 &&
      `${countOf(openRequests, 'open access request stays', 'open access requests stay')} open.`,
    openInvitations > 0 &&
      `${countOf(openInvitations, 'open invitation is', 'open invitations are')} withdrawn, and its link is dead.`,
    teams > 0 && `${countOf(teams, 'team is', 'teams are')} deleted.`,
    preview.inviteCodes > 0 &&
      `${countOf(preview.inviteCodes, 'invite code is', 'invite codes are')} deleted.`,
    preview.catalogs.length > 0 &&
      `Nobody sees ${preview.catalogs.join(', ')} through this organization any more. Access that was approved stays.`,
    'The audit log keeps the name and what was done. Nothing brings the organization back.',
  ]
  return (
    <ul className="flex list-disc flex-col gap-1 pl-5">
      {items.map((item) => item && <li key={item}>{item}</li>)}
    </ul>
  )
}
