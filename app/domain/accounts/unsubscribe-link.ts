// The link that ends mails of a kind. It is sealed by the vault, so it says whose and what, nobody else can make one, and
// nothing has to be kept of it. It opens nothing but this.
import { z } from 'zod'
import type { DomainContext } from '~/domain/kernel/context'
import { idSchema } from '~/domain/kernel/ids'
import { stoppableChoices } from './mail-choices'

/** `all` is what the daily digest is made of. */
const sealedSchema = z.object({ userId: idSchema('usr'), choice: z.enum([...stoppableChoices, 'all']) })
type Unsubscribe = z.output<typeof sealedSchema>

const purpose = 'unsubscribe'
type Sealer = Pick<DomainContext, 'vault'>

export function sealUnsubscribe({ vault }: Sealer, what: Unsubscribe): Promise<string> {
  return vault.seal(JSON.stringify(what), purpose)
}

/** Null for what is no link of ours. */
export async function openUnsubscribe({ vault }: Sealer, token: string): Promise<Unsubscribe | null> {
  try {
    const sealed = sealedSchema.safeParse(JSON.parse(await vault.open(token.slice(0, 500), purpose)))
    return sealed.success ? sealed.data : null
  } catch {
    return null
  }
}
