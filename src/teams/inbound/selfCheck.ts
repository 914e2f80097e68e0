/** The service tries its own door from outside before it calls itself ready. */

/**
 * A check for `/readyz`: posts an activity without a token to `origin` and passes when that is answered 401. Passed once
 * it stays so, since nothing while running opens the door. @throws for any other answer, and when it does not listen yet.
 */
export function strangerIsRefused(origin: () => string | undefined): () => Promise<void> {
  let passed = false

  return async () => {
    if (passed) return
    const house = origin()
    if (house === undefined) throw new Error('nobody listens yet')
    const { status } = await fetch(`${house}/api/messages`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ type: 'message', channelId: 'msteams', text: 'self-check' }),
      redirect: 'error',
      signal: AbortSignal.timeout(1500),
    })
    if (status !== 401) throw new Error(`a stranger was answered ${status}`)
    passed = true
  }
}
