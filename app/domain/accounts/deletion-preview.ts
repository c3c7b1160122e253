// What is said before an account is deleted.

export type DeletionPreview = {
  name: string
  email: string
  role: 'admin' | 'developer'
  personalApps: number
  sharedApps: number
  openRequests: number
  /** Who takes over the shared apps; null when nobody is left. */
  heir: string | null
  blockedBy: 'last_admin' | 'last_super_admin' | null
}
