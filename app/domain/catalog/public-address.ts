// Which addresses the portal may call for somebody: public web servers by name, never itself, an address by number, or a
// name that means something only inside a network. Read before anything is sent; production also refuses private
// addresses that a public name stands for (`global_fetch_strictly_public`).

export type OwnOrigins = { origin: string; gatewayOrigin: string }

/** Names that no public server has: RFC 6761, RFC 6762, RFC 8375, and what networks use inside. */
const innerSuffixes = [
  ...['localhost', 'local', 'localdomain', 'internal', 'intranet', 'private', 'corp', 'home', 'lan'],
  ...['home.arpa', 'in-addr.arpa', 'ip6.arpa', 'onion', 'invalid'],
]

/** Names of services that answer any address one writes into the name. */
const numberedSuffixes = ['nip.io', 'sslip.io', 'xip.io', 'localtest.me', 'lvh.me', 'vcap.me']

/** What is wrong with the address of a document that is to be fetched, or null. */
export function documentAddressProblem(address: string, own: OwnOrigins): string | null {
  const url = webAddress(address)
  if (typeof url === 'string') return url
  if (url.port !== '') return 'Use the usual port: documents are fetched from ports 80 and 443 only.'
  return hostProblem(url, own)
}

/**
 * What is wrong with an upstream, or null. Other ports are fine above 1023. A portal that itself runs on this machine, as
 * the demo does, may call this machine.
 */
export function upstreamProblem(address: string, own: OwnOrigins): string | null {
  const url = webAddress(address)
  if (typeof url === 'string') return url
  if ([own.origin, own.gatewayOrigin].some((one) => URL.canParse(one) && new URL(one).origin === url.origin))
    return ownAddress
  if (URL.canParse(own.origin) && isThisMachine(new URL(own.origin)) && isThisMachine(url)) return null
  if (url.port !== '' && Number(url.port) < 1024) return 'An upstream answers at port 80, 443 or above 1023.'
  return hostProblem(url, own)
}

const ownAddress = 'This is an address of the portal itself.'

function webAddress(address: string): URL | string {
  const text = address.trim()
  if (!/^https?:\/\/[^\s\\]+$/i.test(text) || !URL.canParse(text))
    return 'Enter an address that begins with https:// or http://.'
  const url = new URL(text)
  if (url.username !== '' || url.password !== '' || /^https?:\/\/[^/?#]*@/i.test(text))
    return 'Leave out the name and password before the @: they would be kept and shown.'
  return url
}

function hostProblem(url: URL, own: OwnOrigins): string | null {
  const host = url.hostname.replace(/\.+$/, '').toLowerCase()
  if (host === '' || host.startsWith('[') || /^\d+(?:\.\d+)*$/.test(host))
    return 'Use the name of a server, not a number.'
  if (!host.includes('.') || [...innerSuffixes, ...numberedSuffixes].some((end) => isBelow(host, end)))
    return 'This name means something inside a network only. Use the public name of a server.'
  const isOwn = [own.origin, own.gatewayOrigin].some(
    (one) => URL.canParse(one) && new URL(one).hostname.replace(/\.+$/, '') === host,
  )
  return isOwn ? ownAddress : null
}

function isBelow(host: string, suffix: string): boolean {
  return host === suffix || host.endsWith(`.${suffix}`)
}

function isThisMachine(url: URL): boolean {
  return ['localhost', '127.0.0.1', '[::1]'].includes(url.hostname)
}
