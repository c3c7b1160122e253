// What is said before an organization is deleted.

export type OrganizationDeletionPreview = {
  name: string
  members: number
  teams: number
  apps: number
  /** Credentials of these apps that work today. */
  workingKeys: number
  /** Apps whose owner's account is closed: their keys stop, because the apps become personal. */
  appsThatStop: number
  openRequests: number
  openInvitations: number
  inviteCodes: number
  catalogs: string[]
  isStopped: boolean
  blockedBy: 'default' | 'pending' | null
}
