import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { passwordProblem } from '~/domain/accounts/password-policy'

const context = {
  minLength: 12,
  email: 'robin.doe@people.example',
  firstName: 'Robin',
  lastName: 'Doe',
  portalName: 'Meridian APIs',
}

test.each([
  'password1234',
  'Passw0rd2026!',
  '123456789012',
  'qwertyuiop12',
  'aaaaaaaaaaaa',
  'abcabcabcabc',
  'iloveyou2026',
  'administrator',
  '!!Welcome2025',
  'sunshine1234',
  'QWERTZuiop123',
  '1q2w3e4r5t6y',
  'passwordpassword',
  'p@$$w0rd123456',
  'abcdefghijkl',
  '987654321098',
  'maytheforcebewithyou',
])('%s is refused as one of the commonest', (password) => {
  expect(passwordProblem(password, context)).toContain('first that others would guess')
})

test('a password with the address, a name or little more than the name of the portal is refused', () => {
  expect(passwordProblem('my-robin.doe-key', context)).toContain('email address')
  expect(passwordProblem('ROBIN likes tea 7', context)).toContain('your name')
  expect(passwordProblem('meridian-apis-2026!!', context)).toContain('name of this portal')
})

test('names of up to three letters stand in many good passwords and are no reason', () => {
  expect(passwordProblem('doesnt-matter-tea-77', context)).toBeNull()
})

test('the minimum counts characters as people see them, and the maximum bounds the work', () => {
  expect(passwordProblem('tre3-kolx-x', context)).toBe('A password needs at least 12 characters.')
  expect(passwordProblem('😀🎈🚲🌵🍞🔑🧲🪁🎺🛶🧩🦉', context)).toBeNull()
  expect(passwordProblem('kr7'.repeat(43), { ...context, minLength: 8 })).toBe(
    'A password can have at most 128 characters.',
  )
})

test.each([
  'demo-portico-2026',
  'correct cow battery stapler',
  'Zx9 kites over Oslo',
  'пароль с пробелами и лосем',
])('%s is accepted', (password) => {
  expect(passwordProblem(password, { ...context, portalName: 'Portico' })).toBeNull()
})

test('no mix of characters is demanded: any random text that is long enough is accepted, or refused without failing', () => {
  void fc.assert(
    fc.property(fc.uuid({ version: 4 }), (text) => passwordProblem(text, context) === null),
    { numRuns: 200 },
  )
  void fc.assert(
    fc.property(fc.string({ maxLength: 300, unit: 'binary' }), (text) =>
      ['string', 'object'].includes(typeof passwordProblem(text, context)),
    ),
  )
})
