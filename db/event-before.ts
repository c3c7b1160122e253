// What the fields of a row were, as SQL for `recordEvent`: read while the event is inserted, before the change. JSON has
// lists and yes or no; of a long text only its length is told.
import { type SQL, sql } from 'drizzle-orm'

/** The fields of the row of `table` that has this id. `column` is a column's name, or an expression of columns. */
export function beforeIn(table: SQL, id: string) {
  const was = (column: SQL): SQL => sql`(select ${column} from ${table} where id = ${id})`
  return {
    was,
    wasFlag: (column: SQL): SQL =>
      sql`json((select case when ${column} then 'true' else 'false' end from ${table} where id = ${id}))`,
    wasList: (column: SQL): SQL => sql`json((select ${column} from ${table} where id = ${id}))`,
    /** Goes with `longText(after)` in the event's data. */
    wasLong: (column: SQL, after: string): SQL => was(longTextBefore(column, after)),
  }
}

/** Names in their order, as a list: of the rows that `from` tells, which has its own `where`. */
export function listOf(column: SQL, from: SQL): SQL {
  return sql`json((select json_group_array(name) from (select ${column} as name ${from} order by 1)))`
}

/** As many names as an event keeps of a list that has no bound; then the number of the others. */
const keptNames = 20

/** Names in their order, as a list of at most twenty and "and 3 more". `rows` is a table expression of `name` and `place`. */
export function namesInOrder(rows: SQL): SQL {
  return sql`json((select json_group_array(name) from (
    select case when nth <= ${keptNames} then name else printf('and %,d more', total - ${keptNames}) end as name
    from (select name, row_number() over (order by place, name) as nth, count(*) over () as total from ${rows})
    where nth <= ${keptNames} + 1 order by nth)))`
}

/** A text that is too long to be kept twice: "1,204 characters". Empty stays empty. */
export function longText(text: string): string {
  const { length } = [...text]
  return length === 0
    ? ''
    : `${new Intl.NumberFormat('en').format(length)} ${length === 1 ? 'character' : 'characters'}`
}

function longTextBefore(column: SQL, after: string): SQL {
  const told = sql`printf('%,d', length(${column})) || case length(${column}) when 1 then ' character' else ' characters' end`
  return sql`case when ${column} = ${after} then ${longText(after)} when ${column} = '' then ''
    when length(${column}) = ${[...after].length} then 'another text of ' || ${told} else ${told} end`
}
