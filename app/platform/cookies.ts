// The cookies that the portal sets. `__Host-` binds them to this very host: no subdomain can plant one (RFC 6265bis §4.1.3).

export const sessionCookie = '__Host-portico_session'
export const challengeCookie = '__Host-portico_challenge'
export const flashCookie = '__Host-portico_flash'
export const themeCookie = 'portico_theme'

export function readCookie(request: Request, name: string): string | null {
  for (const part of (request.headers.get('cookie') ?? '').split(';')) {
    const [key, ...value] = part.trim().split('=')
    if (key === name) return value.join('=')
  }
  return null
}

export function sessionCookieHeader(token: string, maxAgeSeconds: number): string {
  return `${sessionCookie}=${token}; Path=/; Max-Age=${maxAgeSeconds}; HttpOnly; Secure; SameSite=Lax`
}

export function clearedSessionCookieHeader(): string {
  return `${sessionCookie}=; Path=/; Max-Age=0; HttpOnly; Secure; SameSite=Lax`
}

/** The step between a password and a second factor, or a passkey's signature. */
export function challengeCookieHeader(token: string, maxAgeSeconds: number): string {
  return `${challengeCookie}=${token}; Path=/; Max-Age=${maxAgeSeconds}; HttpOnly; Secure; SameSite=Lax`
}

export function clearedChallengeCookieHeader(): string {
  return `${challengeCookie}=; Path=/; Max-Age=0; HttpOnly; Secure; SameSite=Lax`
}

export type Flash = { kind: 'success' | 'error' | 'info'; text: string }

export function flashCookieHeader(flash: Flash): string {
  return `${flashCookie}=${encodeURIComponent(JSON.stringify(flash))}; Path=/; Max-Age=60; HttpOnly; Secure; SameSite=Lax`
}

export function clearedFlashCookieHeader(): string {
  return `${flashCookie}=; Path=/; Max-Age=0; HttpOnly; Secure; SameSite=Lax`
}

export function readFlash(request: Request): Flash | null {
  const value = readCookie(request, flashCookie)
  if (!value) return null
  try {
    const flash: unknown = JSON.parse(decodeURIComponent(value))
    if (typeof flash !== 'object' || flash === null || !('kind' in flash) || !('text' in flash)) return null
    const { kind, text } = flash
    if ((kind !== 'success' && kind !== 'error' && kind !== 'info') || typeof text !== 'string') return null
    return { kind, text: text.slice(0, 500) }
  } catch {
    return null
  }
}

export type Theme = 'system' | 'light' | 'dark'

export function readTheme(request: Request): Theme {
  const value = readCookie(request, themeCookie)
  return value === 'light' || value === 'dark' ? value : 'system'
}

export function themeCookieHeader(theme: Theme): string {
  return `${themeCookie}=${theme}; Path=/; Max-Age=31536000; Secure; SameSite=Lax`
}
