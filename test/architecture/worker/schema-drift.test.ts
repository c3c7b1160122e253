// The drizzle schema and the migrated database say the same: columns, types, null, indexes, foreign keys.
import { env } from 'cloudflare:workers'
import { getTableConfig, type SQLiteTable } from 'drizzle-orm/sqlite-core'
import { expect, test } from 'vitest'
import * as schema from '~db/schema'

const tables = Object.values(schema).map((table) => getTableConfig(table as SQLiteTable))

async function rows<T>(query: string): Promise<T[]> {
  return (await env.DB.prepare(query).all<T>()).results
}

test('the migrated database has exactly the tables of the schema', async () => {
  const found = await rows<{ name: string }>(
    `select name from sqlite_master where type = 'table' and name not like 'sqlite_%' and name not like '_cf_%' and name <> 'd1_migrations'`,
  )
  expect(found.map((row) => row.name).sort()).toEqual(tables.map((table) => table.name).sort())
})

test.each(tables.map((table) => [table.name, table] as const))(
  '%s has the columns of the schema',
  async (name, table) => {
    const found = await rows<{
      name: string
      type: string
      notnull: number
      dflt_value: string | null
      pk: number
    }>(`select name, type, "notnull", dflt_value, pk from pragma_table_xinfo('${name}')`)
    const composite = new Set(table.primaryKeys.flatMap((key) => key.columns.map((column) => column.name)))
    expect(
      found.map((row) => ({
        name: row.name,
        type: row.type.toLowerCase(),
        notNull: row.notnull === 1,
        key: row.pk > 0,
        hasDefault: row.dflt_value !== null,
      })),
    ).toEqual(
      table.columns.map((column) => ({
        name: column.name,
        type: column.getSQLType(),
        notNull: column.notNull,
        key: column.primary || composite.has(column.name),
        hasDefault: column.default !== undefined,
      })),
    )
  },
)

test.each(tables.map((table) => [table.name, table] as const))(
  '%s has the indexes and foreign keys of the schema',
  async (name, table) => {
    const indexes = await rows<{ name: string; unique: number; partial: number }>(
      `select name, "unique", partial from pragma_index_list('${name}') where origin = 'c'`,
    )
    expect(indexes.map((row) => `${row.name} ${row.unique} ${row.partial}`).sort()).toEqual(
      table.indexes
        .map(
          (index) =>
            `${index.config.name} ${Number(index.config.unique)} ${Number(index.config.where !== undefined)}`,
        )
        .sort(),
    )
    const keys = await rows<{ table: string; columns: string }>(
      `select "table", group_concat("from") as columns from pragma_foreign_key_list('${name}') group by id`,
    )
    expect(keys.map((row) => `${row.columns} → ${row.table}`).sort()).toEqual(
      table.foreignKeys
        .map((key) => key.reference())
        .map(
          ({ columns, foreignTable }) =>
            `${columns.map((column) => column.name).join(',')} → ${getTableConfig(foreignTable as SQLiteTable).name}`,
        )
        .sort(),
    )
  },
)

test('the first migration makes the default organization with its team, two catalogs and the settings', async () => {
  expect(await rows(`select name, state, is_default from organizations`)).toEqual([
    { name: 'Default organization', state: 'active', is_default: 1 },
  ])
  expect(await rows(`select organization_id, is_default from teams`)).toEqual([
    { organization_id: 'org_default', is_default: 1 },
  ])
  expect(await rows(`select name, visibility from catalogs order by position`)).toEqual([
    { name: 'Public catalog', visibility: 'public' },
    { name: 'Private catalog', visibility: 'private' },
  ])
  expect(await rows(`select count(*) as settings from settings`)).toEqual([{ settings: 1 }])
})
