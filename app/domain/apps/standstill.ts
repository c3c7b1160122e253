// Whether the keys of an app rest although they are good: the words on screen for what the gateway answers meanwhile.

export type Standstill = 'frozen' | 'stopped'

export const standstillLabels: Record<Standstill, string> = { frozen: 'Frozen', stopped: 'Stopped' }

type AppFacts = {
  frozenAt: number | null
  visibility: string
  ownerState: string
  organizationFrozenAt: number | null
  organizationState: string
}

/** The keys of a personal app rest while its owner's account is closed; suspension is the provider's, and comes last. */
export function standstillOf(app: AppFacts): Standstill | null {
  if (app.frozenAt !== null || app.organizationFrozenAt !== null) return 'frozen'
  if (app.visibility === 'personal' && app.ownerState !== 'active') return 'frozen'
  return app.organizationState === 'active' ? null : 'stopped'
}
