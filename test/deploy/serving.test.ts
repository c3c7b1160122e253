// What `npm start` serves: nothing, until the demo world is whole.
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { servePortico } from '~scripts/portico.mjs'
import { freePort } from '~scripts/ports.mjs'

const stateFolder = mkdtempSync(path.join(tmpdir(), 'portico-serving-'))
afterAll(() => rmSync(stateFolder, { recursive: true, force: true }))

const port = await freePort()
const address = `http://127.0.0.1:${port}`

test('the address answers nothing while the demo world is made, nor when that fails', async () => {
  const answers: number[] = []
  let over = false
  const watching = (async () => {
    while (!over) {
      const answer = await fetch(`${address}/ready`).catch(() => null)
      if (answer) answers.push(answer.status)
      await new Promise((next) => setTimeout(next, 10))
    }
  })()
  // Without its tables the database takes no demo world.
  const serving = servePortico({ port, stateFolder, isMigrated: true })
  await expect(serving).rejects.toThrow()
  over = true
  await watching
  expect(answers).toEqual([])
})

test('a port that is taken is told before a demo world is made', async () => {
  const other = createServer()
  await new Promise<void>((listening) => other.listen(port, '127.0.0.1', listening))
  await expect(servePortico({ port, stateFolder, isMigrated: true })).rejects.toThrow('EADDRINUSE')
  await new Promise((closed) => other.close(closed))
})
