// Which passwords are accepted: long enough, none of the commonest, and none made of what everybody knows of the account.
// Any character is allowed, and nothing is demanded of the mix (NIST SP 800-63B, OWASP ASVS 5.0 chapter 6.2).
import { commonestPasswords, commonRuns, commonWords } from './common-passwords'

export const passwordMaxLength = 128

export type PasswordContext = {
  minLength: number
  email: string
  firstName: string
  lastName: string
  portalName: string
}

/** What is wrong with a new password, as a sentence for its field; null when it may be used. */
export function passwordProblem(password: string, context: PasswordContext): string | null {
  const length = [...password].length
  if (length < context.minLength) return `A password needs at least ${context.minLength} characters.`
  if (length > passwordMaxLength) return `A password can have at most ${passwordMaxLength} characters.`
  if (isCommon(password))
    return 'This password is one of the first that others would guess. Choose another one.'
  const folded = fold(password)
  const [localPart = ''] = fold(context.email).split('@')
  if (folded.includes(fold(context.email)) || holds(folded, localPart)) {
    return 'This password holds your email address. Choose another one.'
  }
  if (holds(folded, fold(context.firstName)) || holds(folded, fold(context.lastName))) {
    return 'This password holds your name. Choose another one.'
  }
  if (isMostly(folded, fold(context.portalName))) {
    return 'This password is little more than the name of this portal. Choose another one.'
  }
  return null
}

function fold(text: string): string {
  return text.normalize('NFKC').trim().toLowerCase()
}

/** Words of one to three letters stand in too many good passwords by chance. */
function holds(password: string, word: string): boolean {
  return word.length >= 4 && password.includes(word)
}

/** The word, with hardly another letter around it. */
function isMostly(password: string, word: string): boolean {
  const variants = [word, word.replace(/\s+/g, ''), word.replace(/\s+/g, '-')]
  return variants.some(
    (variant) => holds(password, variant) && countLetters(password.replaceAll(variant, '')) < 4,
  )
}

function countLetters(text: string): number {
  return text.match(/\p{L}/gu)?.length ?? 0
}

function isCommon(password: string): boolean {
  const folded = fold(password)
  if (commonestPasswords.has(folded) || isRepetition(folded) || isRun(folded)) return true
  // Up to eight digits or signs around a common word, or letters written as digits, make it no better.
  return [folded, unleet(folded)].some((text) => {
    const core = text.replace(decorationBefore, '').replace(decorationAfter, '')
    return (
      core === '' ||
      commonWords.has(core) ||
      commonWords.has(core.replace(/[\s._-]/g, '')) ||
      isRepeatedWord(core)
    )
  })
}

const decorationBefore = /^[\d\s!-/:-@[-`{-~]{1,8}/
const decorationAfter = /[\d\s!-/:-@[-`{-~]{1,8}$/

const letterOf: Record<string, string> = {
  '0': 'o',
  '1': 'i',
  '3': 'e',
  '4': 'a',
  '5': 's',
  '7': 't',
  '@': 'a',
  $: 's',
  '!': 'i',
}

/** `p4ssw0rd2026` reads `passwordzoze` when its end is translated too, so only what stands before the last letter is. */
function unleet(text: string): string {
  const lastLetter = text.search(/\p{L}[^\p{L}]*$/u)
  return (
    text.slice(0, lastLetter + 1).replace(/[013457@$!]/g, (char) => letterOf[char] ?? char) +
    text.slice(lastLetter + 1)
  )
}

/** One to four characters over and over: `aaaaaaaaaaaa`, `abcabcabcabc`. */
function isRepetition(text: string): boolean {
  return /^(.{1,4}?)\1{2,}.{0,3}$/su.test(text)
}

function isRepeatedWord(core: string): boolean {
  const match = /^(.{3,}?)\1+$/su.exec(core)
  return match !== null && commonWords.has(match[1] ?? '')
}

/** Runs along a keyboard row, the alphabet or the digits, perhaps several one after the other. */
function isRun(text: string): boolean {
  let rest = text
  let pieces = 0
  while (rest.length > 0 && pieces < 4) {
    const length = longestRun(rest)
    if (length < Math.min(3, rest.length)) return false
    rest = rest.slice(length)
    pieces += 1
  }
  return rest.length === 0
}

const runs = commonRuns.flatMap((run) => [run, [...run].reverse().join('')])

function longestRun(text: string): number {
  let longest = 0
  for (const run of runs) {
    let length = longest
    while (length < text.length && run.includes(text.slice(0, length + 1))) length += 1
    longest = Math.max(longest, length)
  }
  return longest
}
