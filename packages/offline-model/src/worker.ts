/** The thread in which the offline model thinks: a call as JSON in, what it answers as JSON out. */
import { parentPort } from "node:worker_threads"
import { answerTo } from "./answer.ts"
import type { Answer, Question } from "./thread.ts"

parentPort?.on("message", ({ id, text }: Question) => parentPort?.postMessage(answer(id, text)))

function answer(id: number, text: string): Answer {
  try {
    return { id, text: JSON.stringify(answerTo(text)) }
  } catch (error) {
    return { id, failed: error instanceof Error ? (error.stack ?? error.message) : String(error) }
  }
}
