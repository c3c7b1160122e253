// Addresses of a list whose state is its URL.

/** The same list with one parameter changed or (null) taken away, on its first page unless the parameter is a cursor. */
export function withParam(address: string, name: string, value: string | null): string {
  const [path = '', search = ''] = address.split('?')
  const params = new URLSearchParams(search)
  params.delete('after')
  params.delete('before')
  if (value === null) params.delete(name)
  else params.set(name, value)
  const text = params.toString()
  return text ? `${path}?${text}` : path
}
