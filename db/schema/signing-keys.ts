// The keys that sign access tokens. `public_jwk` is what everybody may know; the private half is only there as sealed text.
import { index, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { createdAt, id, moment } from '~db/columns'

export type PublicJwk = { kty: 'EC'; crv: 'P-256'; x: string; y: string }

export const signingKeys = sqliteTable(
  'signing_keys',
  {
    id: id('sgk'),
    publicJwk: text('public_jwk', { mode: 'json' }).$type<PublicJwk>().notNull(),
    privateCipher: text('private_cipher').notNull(),
    /** Published before: of the keys whose time has come the newest signs. */
    signsFrom: moment('signs_from').notNull(),
    createdAt: createdAt(),
  },
  (table) => [index('signing_keys_signs_from').on(table.signsFrom)],
)
