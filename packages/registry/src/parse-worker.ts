/** The thread in which one large document is read. */
import { parentPort, workerData } from "node:worker_threads"
import type { Answer, Question } from "./parse-apart.ts"
import { parsers } from "./parsers.ts"
import { asRefusal } from "./refusal.ts"

const { parser, said } = workerData as Question // written by parse-apart.ts

parentPort?.postMessage(answer())

function answer(): Answer {
  try {
    return { document: parsers[parser](said) }
  } catch (error) {
    const { status, message } = asRefusal(error)
    return { refused: { status, message } }
  }
}
