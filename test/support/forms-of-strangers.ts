// The forms in which a stranger can write somebody's address.
import { freshPassword } from './attacks'

export type Form = (email: string) => { path: string; fields: Record<string, string> }

export const forms: Record<string, Form> = {
  'log in': (email) => ({ path: '/auth/login', fields: { email, password: 'not the password 1' } }),
  register: (email) => ({
    path: '/auth/register',
    fields: {
      email,
      firstName: 'Noa',
      lastName: 'Berg',
      password: freshPassword,
      passwordAgain: freshPassword,
      inviteCode: '',
    },
  }),
  reset: (email) => ({ path: '/auth/reset', fields: { email } }),
}

let letters = 0
/** Addresses of one length, so that no answer differs by it. */
export function newEmail(): string {
  letters += 1
  return `p${String(letters).padStart(7, '0')}@people.example`
}
