import { benchList } from "./list.ts"

/** Every bench, with what it measures. */
const benches: Record<string, { about: string; run(): Promise<void> }> = {
  list: {
    about: "GET /api/v1/projects: latency, and throughput beside a bare route",
    run: benchList,
  },
}

// An interrupted bench ends what it started; see the exit handlers beside each start.
for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => process.exit(130))

const names = process.argv.slice(2)
const unknown = names.filter((name) => !(name in benches))
if (names.length === 0 || unknown.length > 0) {
  const list = Object.entries(benches).map(([name, { about }]) => `  ${name.padEnd(10)}${about}\n`)
  process.stdout.write(`Usage: bin/bench BENCH...\n\n${list.join("")}`)
  process.exitCode = names.includes("--help") || names.includes("-h") ? 0 : 2
} else {
  for (const name of names) await benches[name]?.run()
}
