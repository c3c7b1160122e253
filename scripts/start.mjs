// `npm start`: installs, builds, migrates, seeds the demo, serves, and prints the addresses and accounts.
import path from 'node:path'
import { buildPortal, buildSeed, checkNode, installPackages, root } from './steps.mjs'

checkNode()
const port = Number(process.env.PORT ?? 8787)
if (!Number.isInteger(port) || port < 1 || port > 65535) {
  console.error(`PORT must be a number from 1 to 65535; it is "${process.env.PORT}".`)
  process.exit(1)
}
await installPackages()
await buildPortal()
await buildSeed()

const { servePortico } = await import('./portico.mjs')
const portal = await servePortico({
  port,
  stateFolder: path.join(root, '.wrangler/state'),
  log: console.log,
}).catch((error) => {
  console.error(`The portal did not start: ${error.message}`)
  if (process.env.DEBUG) console.error(error.stack)
  if (/EADDRINUSE|Address already in use/i.test(String(error)))
    console.error(`Port ${port} is taken. Choose another: PORT=8800 npm start`)
  process.exit(1)
})

console.log(`
Portico is running.

  Portal            ${portal.origin}
  Mails (outbox)    ${portal.origin}/dev/outbox
  Gateway           ${portal.origin}/gateway/<product>/<api>
  Demo upstream     ${portal.upstreamUrl}

  Everybody's password is demo-portico-2026

  admin@demo.example      Admin
  ada@northwind.example   Super admin of Northwind, teams Northwind All users and Checkout
  tom@northwind.example   Team member of Northwind
  lin@contoso.example     Super admin of Contoso
  kai@contoso.example     Team member of Contoso
  sam@solo.example        Team member of the default organization
  pat@solo.example        registered, waits for approval

Stop with Ctrl+C.`)

for (const signal of ['SIGINT', 'SIGTERM']) {
  process.on(signal, async () => {
    await portal.stop()
    process.exit(0)
  })
}
