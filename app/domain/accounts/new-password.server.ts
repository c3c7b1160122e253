// A password that somebody chooses: held against the policy as it is now, and answered as the hash that is stored.
import type { DomainContext } from '~/domain/kernel/context'
import { type DomainError, fieldError } from '~/domain/kernel/errors'
import { fail, type Result } from '~/domain/kernel/result'
import type { Settings } from '~/domain/settings/settings'
import { passwordProblem } from './password-policy'

type Owner = { email: string; firstName: string; lastName: string }

export function newPasswordError(settings: Settings, owner: Owner, password: string): DomainError | null {
  const problem = passwordProblem(password, {
    ...owner,
    minLength: settings.passwordMinLength,
    portalName: settings.portalName,
  })
  return problem ? fieldError('password', problem) : null
}

export async function hashNewPassword(
  ctx: DomainContext,
  settings: Settings,
  owner: Owner,
  password: string,
): Promise<Result<string>> {
  const error = newPasswordError(settings, owner, password)
  return error ? fail(error) : ctx.passwords.hash(password)
}
