// What the bell counts, and how far.

/** Mails that mean nothing on a screen: links, codes, and what tells of the account that one is looking at right now. */
export const quietMails = [
  'user_waiting',
  'welcome',
  'user_activated',
  'user_rejected',
  'user_deactivated',
  'user_invited',
  'admin_invited',
  'email_verification',
  'registration_repeated',
  'password_reset',
  'email_change',
  'organization_requested',
  'access_requested',
  'access_waiting',
  // What it lists was told when it happened.
  'digest',
]

/** One more than is shown as a number. */
export const mostNew = 100

/** 100 and more are "99+". */
export function countLabel(count: number): string {
  return count < mostNew ? String(count) : `${mostNew - 1}+`
}
