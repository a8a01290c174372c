type Answer = (signedIn: boolean) => void

let waiting: Answer[] = []
let listener: ((lost: boolean) => void) | undefined

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
