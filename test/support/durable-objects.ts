// Durable Objects that end in the middle of their work, as the platform may end them at any time.
import { runInDurableObject } from 'cloudflare:test'

/** The object is aborted: what it had in memory is gone, and the next call starts it anew from its storage. */
export async function restart(stub: DurableObjectStub): Promise<void> {
  await runInDurableObject(stub, (_object, state) => state.abort('restarted by a test')).catch(() => null)
}
