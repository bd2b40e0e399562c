import { Worker } from "node:worker_threads"
import type { Document, Said } from "./document.ts"
import { type ParserName, parsers } from "./parsers.ts"
import { Refusal } from "./refusal.ts"

/** What the thread is given, and what it answers. */
export interface Question {
  parser: ParserName
  said: Said
}
export type Answer = { document: Document } | { refused: Pick<Refusal, "status" | "message"> }

/** From so many bytes on, reading takes longer than other requests should wait. */
const largeBytes = 256 * 1024
/** Most memory that reading may take, in `MiB`. */
const memoryMax = 1024

/** Reads a registry's answer, a large one in a thread of its own. @throws Refusal 502 */
export async function parseDocument(parser: ParserName, said: Said): Promise<Document> {
  if (said.bytes.length < largeBytes) return parsers[parser](said)
  const answer = await askThread({ parser, said })
  if ("document" in answer) return answer.document
  throw new Refusal(answer.refused.status, answer.refused.message)
}

function askThread(question: Question): Promise<Answer> {
  const worker = new Worker(new URL("./parse-worker.ts", import.meta.url), {
    workerData: question,
    resourceLimits: { maxOldGenerationSizeMb: memoryMax },
  })
  const unreadable = (cause: unknown) =>
    new Refusal(502, `The registry's answer about ${question.said.name} could not be read.`, cause)
  return new Promise((resolve, reject) => {
    worker.on("message", resolve)
    worker.on("error", (error) => reject(unreadable(error)))
    worker.on("exit", (code) => reject(unreadable(`the thread ended with ${code}`)))
  })
}
