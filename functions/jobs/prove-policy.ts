import { parentPort, workerData } from 'node:worker_threads'
import { checkPolicy } from '../core/policy/check.ts'

/** A thread of its own that proves one policy and says what was found; `policyProver` starts it. */

const { text, file } = workerData as { text: string; file: string }
parentPort?.postMessage(checkPolicy(text, file))
