// `npm run dev`: the portal with hot reload. It uses the database that `npm start` has filled; run that once before.
import { checkNode, installPackages, run } from './steps.mjs'

checkNode()
await installPackages()
const { code } = await run('npx', ['remix', 'vite:dev', '--port', process.env.PORT ?? '5173'])
process.exit(code)
