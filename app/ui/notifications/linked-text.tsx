// Plain text in which the portal's own addresses can be pressed. Any other address stays text.

type LinkedTextProps = { text: string; origin: string }

export function LinkedText({ text, origin }: LinkedTextProps) {
  let offset = 0
  return text.split(/(https?:\/\/\S+)/).map((part) => {
    const key = offset
    offset += part.length
    if (part !== origin && !part.startsWith(`${origin}/`)) return part
    return (
      <a key={key} href={part} className="text-accent-ink underline underline-offset-3">
        {part}
      </a>
    )
  })
}
