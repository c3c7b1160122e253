// An HTTP method, told by its word; the color only helps.
import { Badge } from '~/ui/badge'

const tones = { GET: 'blue', POST: 'green', PUT: 'amber', PATCH: 'amber', DELETE: 'red' } as const

export function MethodBadge({ method }: { method: string }) {
  return (
    <Badge tone={method in tones ? tones[method as keyof typeof tones] : 'neutral'}>
      <span className="font-mono">{method}</span>
    </Badge>
  )
}
