import type { FaultCode } from "@vibecaas/contract/faults"

/**
 * A fault is a failure we expect and can explain. Anything else that is thrown is a bug.
 *
 * It carries a code of the contract for programs, a sentence for people, a note for us, and whether trying the
 * same thing again can help. One file in `http/` turns codes into problem JSON.
 */
export class Fault<Code extends FaultCode = FaultCode> extends Error {
  readonly code: Code
  /** the sentence a person reads: what happened, what it means for their data, what to do */
  readonly say: string
  /** for our log only, never sent to a client */
  readonly note: string | undefined
  /** true when the same call may succeed later */
  readonly retryable: boolean
  /** which inputs are wrong, as JSON pointers, e.g. `{ "/name": "Use at least 3 characters." }` */
  readonly fields: Readonly<Record<string, string>> | undefined
  /** seconds after which the caller may try again */
  readonly retryAfterSeconds: number | undefined

  constructor(code: Code, options: FaultOptions) {
    super(`${code}: ${options.say}`, options.cause === undefined ? {} : { cause: options.cause })
    this.name = "Fault"
    this.code = code
    this.say = options.say
    this.note = options.note
    this.retryable = options.retryable ?? false
    this.fields = options.fields
    this.retryAfterSeconds = options.retryAfterSeconds
  }
}

export interface FaultOptions {
  say: string
  note?: string
  retryable?: boolean
  fields?: Record<string, string>
  retryAfterSeconds?: number
  cause?: unknown
}

/** @example throw fault("name_taken", { say: "That name is already in use." }) */
export function fault<Code extends FaultCode>(code: Code, options: FaultOptions): Fault<Code> {
  return new Fault(code, options)
}

export function isFault(error: unknown, code?: FaultCode): error is Fault {
  return error instanceof Fault && (code === undefined || error.code === code)
}

/** Stops the turn or request when our own assumption is wrong: a bug, answered with 500. */
export function invariant(condition: unknown, message: string): asserts condition {
  if (!condition) throw new Error(`invariant: ${message}`)
}
