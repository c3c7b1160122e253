// What a browser can do with a method: TRACE it never sends, and with GET and HEAD no body (Fetch, "forbidden method").

export function isSendable(method: string): boolean {
  return method !== 'TRACE' && method !== 'CONNECT'
}

export function takesBody(method: string): boolean {
  return method !== 'GET' && method !== 'HEAD'
}
