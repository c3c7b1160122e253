// Which part of a reference an address asks for; what it cannot mean is ignored.

export type ReferenceView = { group: string | null; search: string; from: number }

export function referenceViewOf(params: URLSearchParams): ReferenceView {
  const from = Number(params.get('from') ?? 0)
  return {
    group: params.get('group')?.slice(0, 200) || null,
    search: params.get('q')?.trim().slice(0, 200) ?? '',
    from: Number.isInteger(from) && from > 0 && from < 10_000 ? from : 0,
  }
}
