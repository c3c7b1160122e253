// Which item of a menu the current page belongs to: the one with the longest matching address. One below which all others
// lie is their home, which is current at its own address only.
export function currentItem(addresses: readonly string[], currentPath: string): string | null {
  const isHome = (to: string) =>
    addresses.length > 1 && addresses.every((other) => other === to || other.startsWith(`${to}/`))
  const matching = addresses.filter(
    (to) => currentPath === to || (currentPath.startsWith(`${to}/`) && !isHome(to)),
  )
  return matching.sort((a, b) => b.length - a.length)[0] ?? null
}
