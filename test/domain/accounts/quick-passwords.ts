// Password tools for races and limits, where forty real hashes would take longer than all the rest. Salted like the real ones.
import type { PasswordTools } from '~/domain/kernel/context'
import { ok } from '~/domain/kernel/result'
import { sha256Hex } from '~/platform/encoding'
import { passwordTools } from '~/platform/passwords'

export async function quickHash(password: string): Promise<string> {
  const salt = crypto.randomUUID()
  return `quick ${salt} ${await sha256Hex(salt + password)}`
}

export const quickPasswords: PasswordTools = {
  hash: async (password) => ok(await quickHash(password)),
  async matches(password, hash) {
    if (hash === null) return ok(false)
    const [kind, salt = '', digest] = hash.split(' ')
    return kind === 'quick'
      ? ok((await sha256Hex(salt + password)) === digest)
      : passwordTools.matches(password, hash)
  },
  needsRehash: () => false,
}
