// Labels and states stand beside the zod schemas of their noun. In the browser's files each constant of a pure domain file
// is marked as one that may be left out, so that a page which shows a label does not bring the schemas and zod along.
import type { Plugin } from 'vite'

type Node = {
  type: string
  start: number
  end: number
  body?: Node[]
  declaration?: Node
  declarations?: { init: Node | null }[]
}

/** Calls, and objects whose values may be calls. */
const makes = /^(?:Call|New|Object)Expression$/

export function pureDomain(): Plugin {
  return {
    name: 'pure-domain',
    apply: 'build',
    enforce: 'post',
    transform(code, id, options) {
      if (options?.ssr || !/\/app\/domain\/.+(?<!\.server)\.ts$/.test(id)) return null
      const program = this.parse(code) as unknown as Node
      const made = (program.body ?? [])
        .map((statement) => statement.declaration ?? statement)
        .flatMap((statement) => statement.declarations ?? [])
        .flatMap(({ init }) => (init && makes.test(init.type) ? [init] : []))
      let text = code
      for (const { start, end } of made.reverse())
        text = `${text.slice(0, start)}/* @__PURE__ */ (() => (${text.slice(start, end)}))()${text.slice(end)}`
      return { code: text, map: null }
    },
  }
}
