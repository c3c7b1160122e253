// Results for what can be expected; bugs throw.
import type { DomainError } from './errors'

export type Result<T, E extends DomainError = DomainError> = { ok: true; value: T } | { ok: false; error: E }

export function ok<T>(value: T): { ok: true; value: T } {
  return { ok: true, value }
}

export function fail<E extends DomainError>(error: E): { ok: false; error: E } {
  return { ok: false, error }
}
