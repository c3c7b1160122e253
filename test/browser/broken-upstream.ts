// An upstream on a raw socket: it answers with a page that runs a script, or breaks HTTP in one of the ways that servers do.
import { createServer, type Socket } from 'node:net'

const page = `<!doctype html><title>upstream</title><p id="said">quiet</p><script>
  document.title = 'taken over'
  document.getElementById('said').textContent = document.cookie
  fetch('/dashboard/profile', { credentials: 'include' })
</script>`

function answer(socket: Socket, path: string): void {
  switch (path) {
    case '/page':
      return void socket.end(
        `HTTP/1.1 200 OK\r\ncontent-type: text/html\r\nset-cookie: planted=1; Path=/\r\ncontent-length: ${page.length}\r\n\r\n${page}`,
      )
    case '/garbage':
      return void socket.end('HTTP/1.1 200 OK\r\nno colon\r\n: no name\r\nbad\u0000name: x\r\n\r\nbody')
    case '/nonsense':
      return void socket.end('\u0016\u0003\u0001 this is not HTTP\r\n\r\n')
    case '/reset':
      return void socket.resetAndDestroy()
    case '/events':
      socket.write('HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\n\r\ndata: first\n\n')
      // The second event comes when somebody asks for it: until then the first is all that there is.
      waiting.add(socket)
      return
    case '/second':
      for (const other of waiting) other.end('data: second\n\n')
      waiting.clear()
      return void socket.end('HTTP/1.1 204 No Content\r\n\r\n')
    case '/cut':
      socket.write(`HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n${'x'.repeat(50)}`)
      return void setTimeout(() => socket.destroy(), 100)
    default:
      return void socket.end('HTTP/1.1 404 Not Found\r\ncontent-length: 0\r\n\r\n')
  }
}

const waiting = new Set<Socket>()

/** `asked`: all that it was sent, as it came. */
export async function startBrokenUpstream(): Promise<{
  url: string
  asked: string[]
  close: () => Promise<void>
}> {
  const sockets = new Set<Socket>()
  const asked: string[] = []
  const server = createServer((socket) => {
    sockets.add(socket)
    socket.on('error', () => {}).on('close', () => sockets.delete(socket))
    socket.on('data', (data) => asked.push(data.toString()))
    socket.once('data', (data) => answer(socket, /^\w+ (\S+)/.exec(data.toString())?.[1] ?? ''))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const port = typeof address === 'object' ? address?.port : 0
  return {
    url: `http://127.0.0.1:${port}`,
    asked,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        for (const socket of sockets) socket.destroy()
      }),
  }
}
