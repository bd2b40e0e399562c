import type { LanguageModelV4CallOptions } from "@ai-sdk/provider"
import { fault } from "@vibecaas/kernel/fault"
import type { AppModel, UsedTokens } from "../app-models.ts"
import { piecesOf } from "../wire/pieces-of.ts"
import type { Piece } from "../wire/write-answer.ts"

/** An answer whose first piece is there. */
export interface Answer {
  by: AppModel
  pieces: AsyncGenerator<Piece>
}

/**
 * Asks the first of a line, and who follows it when it fails before it said anything.
 *
 * @throws what the last of them failed with
 */
export async function ask(
  line: readonly AppModel[],
  options: LanguageModelV4CallOptions & { abortSignal: AbortSignal },
  guess: (said: number) => UsedTokens,
): Promise<Answer> {
  let failure: unknown
  for (const by of line) {
    try {
      const { stream } = await by.model.doStream(options)
      const pieces = whole(piecesOf(inOrder(stream), guess))
      const first = await pieces.next()
      return { by, pieces: after(first, pieces) }
    } catch (error) {
      options.abortSignal.throwIfAborted()
      failure = error
    }
  }
  throw failure
}

async function* inOrder<T>(stream: ReadableStream<T>): AsyncGenerator<T> {
  yield* stream
}

/** @throws Fault `answer_broke_off` when it ends before it is complete */
async function* whole(pieces: AsyncIterable<Piece>): AsyncGenerator<Piece> {
  for await (const piece of pieces) {
    yield piece
    if ("end" in piece) return
  }
  throw fault("answer_broke_off", { say: "The model’s answer broke off." })
}

async function* after(
  first: IteratorResult<Piece>,
  rest: AsyncGenerator<Piece>,
): AsyncGenerator<Piece> {
  try {
    if (!first.done) yield first.value
    yield* rest
  } finally {
    await rest.return(undefined)
  }
}
