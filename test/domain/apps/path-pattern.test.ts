import { expect, test } from 'vitest'
import { matchesPath, pathPatternProblem } from '~/domain/apps/path-pattern'
import { upstreamAddress } from '~/domain/gateway/address'

test.each([
  ['/pets', null],
  ['/', null],
  ['/*', null],
  ['/v1/pets/*', null],
  ["/a-b._~!$&'()+,;=:@", null],
  ['pets', 'begin with a slash'],
  ['/pets*', '* only at the end'],
  ['/*/pets', '* only at the end'],
  ['/pets/{id}', 'placeholder'],
  ['/pets%2fx', 'a character'],
  ['/my pets', 'a character'],
  ['/pets?x=1', 'a character'],
  ['/städte', 'a character'],
  ['//pets', 'two slashes'],
  ['/a//*', 'two slashes'],
  ['/a/../b', 'dot segment'],
  ['/a/.', 'dot segment'],
  ['/..;x/b', 'dot segment'],
])('the pattern %s: %s', (pattern, problem) => {
  if (problem === null) expect(pathPatternProblem(pattern)).toBeNull()
  else expect(pathPatternProblem(pattern)).toContain(problem)
})

test.each([
  ['/pets', '/pets', true],
  ['/pets', '/pets/', false],
  ['/pets', '/Pets', false],
  ['/pets', '/pets/1', false],
  ['/pets/*', '/pets/1', true],
  ['/pets/*', '/pets/', true],
  ['/pets/*', '/pets', false],
  ['/pets/*', '/petshop/1', false],
  ['/', '', true],
  ['/*', '', true],
  ['/pets/*', '', false],
  ['/pets/*', '//pets/1', false],
  ['/pets/*', '/pets;x=1/1', false],
  ['/pets/*', '/pets%2f1', false],
  ['/pets/*', '/%70ets/1', false],
  ['/pets/*', '/pets/a%2Fb', true],
])('%s lets %s pass: %s', (pattern, path, expected) => {
  expect(matchesPath([pattern], path)).toBe(expected)
})

test('of all paths made of pieces that confuse servers, none that passes leaves what the pattern names', () => {
  const pieces = ['/', '//', '..', '.', '%2e%2e', '%2f', '%5c', '\\', 'pets', 'admin', ';x', '%252e%252e']
  let passed = 0
  for (const a of pieces)
    for (const b of pieces)
      for (const c of pieces)
        for (const d of ['', '/admin']) {
          // As the runtime hands it over: an address has been read once already.
          const { pathname } = new URL(`https://gate.test/gateway/p/a/${a}${b}/${c}${d}`)
          const rest = /^\/gateway\/p\/a(\/.*)?$/.exec(pathname)?.[1] ?? ''
          const target = upstreamAddress('https://up.test/base', rest, '')
          if (!matchesPath(['/pets/*'], rest) || !target) continue
          passed += 1
          let read = target.pathname
          for (let round = 0; round < 4; round += 1) {
            // An upstream may decode, merge slashes and resolve dots, in any order.
            const resolved = new URL(read.replaceAll('\\', '/').replace(/\/+/g, '/'), 'https://up.test')
              .pathname
            expect(resolved, `${rest} read as ${resolved}`).toMatch(/^\/base\/pets(\/|$)/)
            read = read.replace(/%([0-9a-f]{2})/gi, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16)))
          }
        }
  expect(passed).toBeGreaterThan(20)
})
