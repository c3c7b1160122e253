// A secret scanner as the tests meet it: its published keys, which Node serves behind the worker's outbound fetches, and
// the private half of the one that the tests sign with.

export const scannerKeyName = 'the-key-of-the-tests'

export const scannerPrivateKey = {
  kty: 'EC',
  crv: 'P-256',
  x: 'Ug2Tt24eBFDz1o9mMnzJNfPdUo8J9dYlULrnfadfXd0',
  y: '7NkunajwlEPTsEx3TSeilVH-5kbkOmmGG75nPh0zWBs',
  d: 'PIPUGqdWe6oLAxDH4Ww1g_oCIqjuSBb9A4x1KZaxVPk',
}

const keys = [
  {
    key_identifier: scannerKeyName,
    is_current: true,
    key: `-----BEGIN PUBLIC KEY-----
MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEUg2Tt24eBFDz1o9mMnzJNfPdUo8J
9dYlULrnfadfXd3s2S6dqPCUQ9OwTHdNJ6KVUf7mRuQ6aYYbvmc+HTNYGw==
-----END PUBLIC KEY-----
`,
  },
  {
    // The one that GitHub's documentation signs its example with.
    key_identifier: '90a421169f0a406205f1563a953312f0be898d3c7b6c06b681aa86a874555f4a',
    is_current: false,
    key: `-----BEGIN PUBLIC KEY-----
MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE9MJJHnMfn2+H4xL4YaPDA4RpJqUq
kCmRCBnYERxZanmcpzQSXs1X/AljlKkbJ8qpVIW4clayyef9gWhFbNHWAA==
-----END PUBLIC KEY-----
`,
  },
]

export function answerAsScanner(): Response {
  return Response.json({ public_keys: keys })
}
