// Password tools for races and limits, where forty real hashes would take longer than all the rest. Salted like the real ones.
import type { PasswordTools } from '~/domain/kernel/context'
import { sha256Hex } from '~/platform/encoding'
import { passwordTools } from '~/platform/passwords'

export const quickPasswords: PasswordTools = {
  async hash(password) {
    const salt = crypto.randomUUID()
    return `quick ${salt} ${await sha256Hex(salt + password)}`
  },
  async verify(password, hash) {
    if (hash === null) return false
    const [kind, salt = '', digest] = hash.split(' ')
    return kind === 'quick'
      ? (await sha256Hex(salt + password)) === digest
      : passwordTools.verify(password, hash)
  },
  needsRehash: () => false,
}
