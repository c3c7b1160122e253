// An endpoint in the first cell of a list: what it is called, over where it is.
export function WebhookName({ name, address }: { name: string; address: string }) {
  return (
    <span className="flex min-w-0 flex-col md:max-w-160 md:min-w-60">
      <span className="font-medium wrap-anywhere">{name}</span>
      <code className="font-mono text-xs font-normal text-muted wrap-anywhere">{address}</code>
    </span>
  )
}
