// A number with the words that agree with it.
import { formatNumber } from '~/domain/kernel/number'

export function countOf(n: number, one: string, more = `${one}s`): string {
  return `${formatNumber(n)} ${n === 1 ? one : more}`
}
