// Which item of a menu the current page belongs to: the one with the longest matching address.
export function currentItem(addresses: readonly string[], currentPath: string): string | null {
  const matching = addresses.filter(
    (to) => currentPath === to || currentPath.startsWith(to === '/' ? '/' : `${to}/`),
  )
  return matching.sort((a, b) => b.length - a.length)[0] ?? null
}
