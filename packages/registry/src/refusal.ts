/** Why something is not answered, as HTTP says it; the sentence is for whoever installs. */
export class Refusal extends Error {
  override name = "Refusal"
  readonly status: number

  constructor(status: number, say: string, cause?: unknown) {
    super(say, cause === undefined ? {} : { cause })
    this.status = status
  }
}

/** What an installer looked for that is not there: it may go on without. */
export class Absent extends Refusal {
  constructor() {
    super(404, "There is nothing of that name.")
  }
}

export function asRefusal(error: unknown): Refusal {
  if (error instanceof Refusal) return error
  return new Refusal(500, "The platform's registry had an unexpected problem.", error)
}
