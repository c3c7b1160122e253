// Where the portal's logo is, for its pages and, with the origin before it, for its mails. `file` is named after what it holds.
export function logoPath(file: string): string {
  return `/logo/${file}`
}
