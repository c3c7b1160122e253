// The talk between page, portal and authenticator. The library for it is loaded when somebody asks for a passkey, not before.

const trouble = 'That did not work. Try again; if the passkey is not on this device, take another way.'

/** Asks the portal for the question, or says why there is none. */
async function ask(to: string, fields: Record<string, string>): Promise<{ options: unknown } | string> {
  const answer = await fetch(to, {
    method: 'POST',
    body: new URLSearchParams(fields),
    headers: { accept: 'application/json' },
  })
  const body = (await answer.json()) as { options?: unknown; problem?: unknown }
  if (answer.ok && body.options) return { options: body.options }
  return typeof body.problem === 'string' ? body.problem : trouble
}

export type Answer = { token: string } | { problem: string }

/** The answer of a passkey, as JSON for a form. `options` when the page has them, else the address that gives them. */
export async function answerWithPasskey(from: { options: unknown } | { askTo: string }): Promise<Answer> {
  return talk(from, {}, async (options) => {
    const { startAuthentication } = await import('@simplewebauthn/browser')
    return startAuthentication({
      optionsJSON: options as Parameters<typeof startAuthentication>[0]['optionsJSON'],
    })
  })
}

/** A new passkey, as JSON for a form. */
export async function makePasskey(askTo: string, fields: Record<string, string>): Promise<Answer> {
  return talk({ askTo }, fields, async (options) => {
    const { startRegistration } = await import('@simplewebauthn/browser')
    return startRegistration({
      optionsJSON: options as Parameters<typeof startRegistration>[0]['optionsJSON'],
    })
  })
}

async function talk(
  from: { options: unknown } | { askTo: string },
  fields: Record<string, string>,
  run: (options: unknown) => Promise<unknown>,
): Promise<Answer> {
  try {
    const question = 'askTo' in from ? await ask(from.askTo, fields) : from
    if (typeof question === 'string') return { problem: question }
    return { token: JSON.stringify(await run(question.options)) }
  } catch {
    // The person closed the dialog, the time ran out, or there is no such passkey here: browsers do not tell which.
    return { problem: trouble }
  }
}
