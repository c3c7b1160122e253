// The request's CSP nonce, for inline scripts that the server renders. Empty in the browser, where it is hidden anyway.
import { createContext } from 'react'

export const NonceContext = createContext('')
