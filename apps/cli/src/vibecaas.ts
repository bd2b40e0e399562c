import { text } from "node:stream/consumers"
import { setTimeout } from "node:timers/promises"
import { main } from "./main.ts"

process.exitCode = await main(process.argv.slice(2), {
  env: process.env,
  cwd: process.cwd(),
  out: (words) => void process.stdout.write(words),
  say: (words) => void process.stderr.write(words),
  input: () => text(process.stdin),
  fetch,
  sleep: (ms) => setTimeout(ms),
})
