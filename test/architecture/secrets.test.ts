// How secrets are made, compared and kept, as far as the source shows it.
import { expect, test } from 'vitest'
import { sourcesUnder } from './sources'

const sources = sourcesUnder('app', 'db').filter((source) => !/^db\/seed/.test(source.path))

function guilty(pattern: RegExp, except: RegExp = /^$/): string[] {
  return sources
    .filter((source) => !except.test(source.path) && pattern.test(source.text))
    .map((source) => source.path)
}

test('no secret is compared with `===` or looked for in a list', () => {
  const secret = String.raw`\b(?:\w*(?:password|passwd|secret|hash|signature|digest|apiKey|mac)|token|code|key)`
  const compared = new RegExp(
    `(?:given|input|presented|expected|stored|actual)\\.?${secret}\\s*[!=]==?(?!=|\\s*(?:null|undefined|''))`,
    'i',
  )
  // Two entries of one and the same form, or the new password beside the old one: both come from the one who asks.
  expect(guilty(compared, /change-password\.server\.ts$/)).toEqual([])
  expect(guilty(/\.(?:indexOf|includes|startsWith)\((?:input\.)?(?:token|secret|password)\)/)).toEqual([])
})

test('hashes of passwords, the set-up token and sealed secrets are compared in constant time', () => {
  const text = (path: string) => sources.find((source) => source.path === path)?.text ?? ''
  for (const path of ['app/platform/passwords.ts', 'app/platform/setup-token.ts'])
    expect(text(path), path).toContain('timingSafeEqual(')
  // A session, a link and a key are looked up by their SHA-256: nobody measures a secret through a hash of it.
  for (const path of [
    'app/platform/scope.ts',
    'app/platform/tokens.ts',
    'app/domain/gateway/queries.server.ts',
  ])
    expect(text(path), path).toMatch(/sha256Hex|secretHash|hash/)
})

test('secrets come from the platform’s generator with 256 bits, never from a UUID or a counter', () => {
  expect(guilty(/(?:token|secret|key|password)\w*\s*[:=]\s*crypto\.randomUUID\(/i)).toEqual([])
  expect(guilty(/Math\.random\(/, /^app\/domain\/notifications\//)).toEqual([])
  for (const path of ['app/platform/encoding.ts', 'app/domain/accounts/session-token.ts'])
    expect(sources.find((source) => source.path === path)?.text).toContain(
      'getRandomValues(new Uint8Array(32))',
    )
})

test('nothing hashes with MD5 or SHA-1, and passwords with nothing but scrypt', () => {
  // TOTP is defined over HMAC-SHA-1 (RFC 6238), which is not weakened by collisions.
  expect(guilty(/['"](?:md5|sha-?1)['"]/i, /totp/)).toEqual([])
  expect(guilty(/\b(?:pbkdf2|bcrypt|argon2)\b/i)).toEqual([])
})

test('no address comes from what a client says of the host, and no client address from anything but Cloudflare', () => {
  expect(
    guilty(/headers\.get\(['"](?:host|x-forwarded-\w+|forwarded|x-real-ip|true-client-ip)['"]\)/i),
  ).toEqual([])
  const mails = sources.filter((source) => /^app\/(?:emails|domain\/notifications)\//.test(source.path))
  expect(
    mails.filter((source) => /request\.url|new URL\(request/.test(source.text)).map((source) => source.path),
  ).toEqual([])
})

test('what is written is named field by field: no form is spread into a row of people, sessions or settings', () => {
  const spread = /\.values\(\s*\{?\s*\.\.\.input|\.insert\((?:users|sessions)\)\s*\.values\(input/
  expect(guilty(spread)).toEqual([])
})

test('cookies that matter are bound to the host, hidden from scripts, and sent over TLS only', () => {
  const cookies = sources
    .filter((source) => /Set-Cookie|SameSite=/.test(source.text))
    .flatMap((source) => [...source.text.matchAll(/`[^`]*Path=\/[^`]*`/g)].map(([text]) => text))
  expect(cookies.length).toBeGreaterThan(4)
  for (const cookie of cookies) {
    expect(cookie).toContain('Secure')
    expect(cookie).toContain('SameSite=Lax')
    if (!cookie.includes('themeCookie')) expect(cookie).toContain('HttpOnly')
  }
})
