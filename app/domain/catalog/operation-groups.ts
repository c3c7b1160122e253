// The order and the names of operations: tag by tag, and one part of the address for each operation and each tag.
import type { Operation, OperationGroup } from './operation'

/** The tags in the order of the document, then others as they first appear; a tag without operations is left out. */
export function groupOperations(
  operations: Operation[],
  tags: { name: string; description: string }[],
): { operations: Operation[]; groups: OperationGroup[] } {
  const byTag = new Map<string, Operation[]>(tags.map((tag) => [tag.name, []]))
  for (const operation of operations) {
    const group = byTag.get(operation.tag)
    if (group) group.push(operation)
    else byTag.set(operation.tag, [operation])
  }
  const descriptions = new Map(tags.map((tag) => [tag.name, tag.description]))
  const ordered: Operation[] = []
  const groups: OperationGroup[] = []
  const nameOf = distinctNames(new Set())
  for (const [tag, list] of byTag) {
    if (list.length === 0) continue
    groups.push({
      slug: nameOf(slugOf(tag)),
      tag,
      description: descriptions.get(tag) ?? '',
      firstPosition: ordered.length,
      operationCount: list.length,
    })
    ordered.push(...list)
  }
  return { operations: ordered, groups }
}

/** Addresses of operations need one name each. */
export function nameOperations(operations: Operation[]): void {
  // The document itself is at this address.
  const nameOf = distinctNames(new Set(['openapi']))
  for (const operation of operations) operation.slug = nameOf(operation.slug)
}

function distinctNames(taken: Set<string>): (base: string) => string {
  return (base) => {
    let name = base
    for (let number = 2; taken.has(name); number += 1) name = `${base}-${number}`
    taken.add(name)
    return name
  }
}

export function slugOf(text: string): string {
  const slug = text
    .replace(/([a-z0-9])([A-Z])/g, '$1-$2')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
  return slug.slice(0, 100).replace(/-+$/, '') || 'operation'
}
