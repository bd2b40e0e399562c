/** A thread of its own that answers questions, so that whoever asks is never held up by the work. */
import { Worker } from "node:worker_threads"

export interface Thread {
  /**
   * Answers come in the order of the questions.
   *
   * @throws the signal's reason when it aborts; Error when the thread failed on the question, or
   *   ended: the next question starts another
   */
  ask(question: string, signal?: AbortSignal): Promise<string>
}

export type Question = { id: number; text: string }
export type Answer = { id: number; text: string } | { id: number; failed: string }

interface Waiting {
  resolve: (text: string) => void
  reject: (error: unknown) => void
}

/** @param file the thread's module: it gets `Question` and posts one `Answer` for each */
export function makeThread(file: URL): Thread {
  const waiting = new Map<number, Waiting>()
  let worker: Worker | undefined
  let asked = 0

  function settle(id: number, how: (waiting: Waiting) => void) {
    const one = waiting.get(id)
    if (!one) return
    waiting.delete(id)
    // An idle thread keeps no process alive.
    if (waiting.size === 0) worker?.unref()
    how(one)
  }
  function start(): Worker {
    const started = new Worker(file)
    const ended = (error: Error) => {
      // A thread that failed also exits, when its successor may be at work.
      if (worker !== started) return
      worker = undefined
      for (const id of [...waiting.keys()]) settle(id, ({ reject }) => reject(error))
    }
    started.on("message", (answer: Answer) =>
      settle(answer.id, ({ resolve, reject }) =>
        "failed" in answer ? reject(new Error(answer.failed)) : resolve(answer.text),
      ),
    )
    started.on("error", (error) => ended(new Error("the thread failed", { cause: error })))
    started.on("exit", (code) => ended(new Error(`the thread ended with ${code}`)))
    return started
  }
  return {
    async ask(text, signal) {
      signal?.throwIfAborted()
      const id = ++asked
      const answer = Promise.withResolvers<string>()
      waiting.set(id, answer)
      const abort = () => settle(id, ({ reject }) => reject(signal?.reason))
      signal?.addEventListener("abort", abort, { once: true })
      worker ??= start()
      worker.ref()
      worker.postMessage({ id, text } satisfies Question)
      return await answer.promise.finally(() => signal?.removeEventListener("abort", abort))
    },
  }
}
