import { availableParallelism, loadavg } from "node:os"
import { benchBundle } from "./bundle.ts"
import { benchDoors } from "./doors.ts"
import { benchEdit } from "./edit.ts"
import { benchList } from "./list.ts"
import { benchLoops } from "./loops.ts"
import { benchOffline } from "./offline.ts"
import { benchPackages } from "./packages.ts"
import { benchPreview } from "./preview.ts"
import { benchPrompt } from "./prompt.ts"
import { benchStart } from "./start.ts"
import { benchStarters } from "./starters.ts"
import { benchStores } from "./stores.ts"
import { benchTokens } from "./tokens.ts"

/** Every bench, with what it measures. */
const benches: Record<string, { about: string; run(): Promise<void> }> = {
  list: {
    about: "GET /api/v1/projects: latency, and throughput beside a bare route",
    run: benchList,
  },
  preview: { about: "a preview beside the same app outside, and beside nginx", run: benchPreview },
  edit: {
    about: "from a person's edit to its pixel in the preview of a draft, with Vite and without",
    run: benchEdit,
  },
  prompt: { about: "from a prompt to the first answer of its preview, by phase", run: benchPrompt },
  offline: {
    about: "how long proposals for long prompts hold up their thread",
    run: benchOffline,
  },
  start: { about: "bin/start of an installed checkout to the first page", run: benchStart },
  loops: {
    about: "loops whose turns do nothing: statements, connections, wake to turn",
    run: benchLoops,
  },
  tokens: {
    about: "what prompts have, by a plan of many roles and by one builder and a verifier",
    run: benchTokens,
  },
  packages: {
    about: "packages of a public registry: added, installed from what is kept, used, built with",
    run: benchPackages,
  },
  starters: {
    about: "from a starter of each stack to the first answer of its preview, cold and warm",
    run: benchStarters,
  },
  doors: {
    about: "how soon all that a removed member has open is shut",
    run: benchDoors,
  },
  stores: {
    about: "stores: from the click to a shop that sells, ten at once, and many that run",
    run: benchStores,
  },
  bundle: { about: "JavaScript of each route's first page", run: benchBundle },
}

// An interrupted bench ends what it started; see `endWithUs` beside each start.
for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => process.exit(130))

const names = process.argv.slice(2)
const unknown = names.filter((name) => !(name in benches))
if (names.length === 0 || unknown.length > 0) {
  const list = Object.entries(benches).map(([name, { about }]) => `  ${name.padEnd(10)}${about}\n`)
  process.stdout.write(`Usage: bin/bench BENCH...\n\n${list.join("")}`)
  process.exitCode = names.includes("--help") || names.includes("-h") ? 0 : 2
} else {
  for (const name of names) {
    process.stdout.write(`\n${name}: ${machine()}\n`)
    await benches[name]?.run()
  }
}

/** What the figures depend on; a load beyond a few tenths means that others were at work too. */
function machine(): string {
  const [load = 0] = loadavg()
  return `${availableParallelism()} processors, Node ${process.versions.node}, load ${load.toFixed(1)} before`
}
