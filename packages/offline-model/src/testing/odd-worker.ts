/** A thread for tests: says where it runs, fails on a question, or ends. */
import { parentPort, threadId } from "node:worker_threads"
import type { Answer, Question } from "../thread.ts"

parentPort?.on("message", ({ id, text }: Question) => {
  if (text === "end") process.exit(3)
  if (text === "throw") throw new Error("out of order")
  const answer: Answer =
    text === "fail" ? { id, failed: "not that" } : { id, text: `${text} in ${threadId}` }
  parentPort?.postMessage(answer)
})
