type Answer = (signedIn: boolean) => void

let waiting: Answer[] = []
let renewed = 0
let listener: ((lost: boolean) => void) | undefined

/** How often somebody has signed in again on this page: a request that was sent before that is simply sent anew. */
export function timesRenewed(): number {
  return renewed
}

/** Called by the request that met the end of the session; resolves once the person has signed in again, or gave up. */
export function askToSignIn(): Promise<boolean> {
  if (!listener) return Promise.resolve(false)
  return new Promise((resolve) => {
    waiting.push(resolve)
    listener?.(true)
  })
}

/** The dialog that signs in again tells how it went; every waiting request goes on. */
export function signedInAgain(success: boolean): void {
  const answers = waiting
  waiting = []
  if (success) renewed += 1
  listener?.(false)
  for (const answer of answers) answer(success)
}

/** The dialog listens here for the end of the session. */
export function onSessionLoss(listen: (lost: boolean) => void): () => void {
  listener = listen
  return () => {
    listener = undefined
  }
}
