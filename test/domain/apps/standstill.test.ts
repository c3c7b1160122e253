import { expect, test } from 'vitest'
import { revocationReceipt } from '~/domain/apps/revocation'
import { standstillOf } from '~/domain/apps/standstill'

const running = {
  frozenAt: null,
  visibility: 'organization',
  ownerState: 'active',
  organizationFrozenAt: null,
  organizationState: 'active',
}

test.each([
  ['a running app', {}, null],
  ['a frozen app', { frozenAt: 1 }, 'frozen'],
  ['an app of a frozen organization', { organizationFrozenAt: 1 }, 'frozen'],
  ['a personal app whose owner is gone', { visibility: 'personal', ownerState: 'deactivated' }, 'frozen'],
  ['a shared app whose owner is gone', { ownerState: 'deactivated' }, null],
  ['an app of a suspended organization', { organizationState: 'suspended' }, 'stopped'],
  ['a frozen app of a suspended organization', { frozenAt: 1, organizationState: 'suspended' }, 'frozen'],
])('%s', (_name, changes, expected) => {
  expect(standstillOf({ ...running, ...changes })).toBe(expected)
})

test('the receipt of a revocation names whole seconds and never one that is too early', () => {
  expect(revocationReceipt(Date.UTC(2030, 0, 1, 12, 34, 56, 1))).toBe(
    'Key revoked. Refused here from 12:34:57 UTC, and everywhere by 12:35:07 UTC at the latest.',
  )
  expect(revocationReceipt(Date.UTC(2030, 0, 1, 12, 34, 56))).toContain('from 12:34:56 UTC')
})
