// The keys that somebody could see, before they are removed.
import { type CredentialState, type CredentialType, maskedKey } from '~/domain/apps/credential'
import { Badge } from '~/ui/badge'
import { CredentialStateBadge } from './badges'

type SeenKey = {
  id: string
  name: string
  hint: string
  type: CredentialType
  state: CredentialState
  appName: string
  products: string[]
  wasRevealed: boolean
}

export function SeenKeys({ name, keys }: { name: string; keys: readonly SeenKey[] }) {
  if (keys.length === 0) {
    return <p className="max-w-text text-muted">{name} could see no key that works.</p>
  }
  return (
    <div className="flex flex-col gap-2">
      <h2 className="font-medium">
        {keys.length === 1 ? `${name} could see this key` : `${name} could see these ${keys.length} keys`}
      </h2>
      <ul className="divide-y divide-line rounded-control border border-line">
        {keys.map((key) => (
          <li key={key.id} className="flex flex-wrap items-center gap-x-3 gap-y-1 px-3.5 py-2.5">
            <span className="min-w-0 flex-1 basis-56">
              <span className="block font-medium wrap-anywhere">{key.appName}</span>
              <span className="block text-sm text-muted wrap-anywhere">
                {[key.name, ...key.products].join(' · ')}
              </span>
            </span>
            <code className="text-sm text-muted">{maskedKey(key.hint, key.type)}</code>
            {key.wasRevealed && <Badge tone="amber">Revealed by them</Badge>}
            <CredentialStateBadge state={key.state} />
          </li>
        ))}
      </ul>
    </div>
  )
}
