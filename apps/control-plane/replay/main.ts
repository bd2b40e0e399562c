import { readFile, writeFile } from "node:fs/promises"
import { parseArgs } from "node:util"
import { isFault } from "@vibecaas/kernel/fault"
import { silentLog } from "@vibecaas/kernel/log"
import { type Cassette, readCassette } from "../src/agents/cassettes/cassette.ts"
import type { AgentsWorld } from "../src/agents/testing/agents-world.ts"
import { sandboxMachines } from "../src/agents/testing/sandbox-machines.ts"
import { databaseOn } from "../src/db/testing/database-on.ts"
import { startTestCluster } from "../src/db/testing/test-cluster.ts"
import { chooseBrowser } from "../src/main/browser.ts"
import { inWords } from "./departures.ts"
import { departuresOf, replayRun, replayWorld } from "./replay-run.ts"

const usage = `Usage: bin/replay [--tools=recorded] [--update] FILE...

Lets recorded runs happen again: the real loops, PostgreSQL, git and machines, with the answers of
models from each recording. Says where a run goes another way than it was recorded.

  --tools=recorded   take what tools and checks showed from the recording too, but for what changes
                     files: needs no machine, and shows what the platform makes of the same answers
  --update           write what happened now into the file, in place of what was recorded

Ends with 0 when nothing departs, with 1 when something does, with 2 when a file cannot be played.
`

interface Asked {
  files: string[]
  recordedTools: boolean
  update: boolean
}

/** Ends the process: the arguments are wrong, or help was asked for. */
class Usage extends Error {}

function readArguments(argv: string[]): Asked {
  const options = {
    help: { type: "boolean", short: "h", default: false },
    tools: { type: "string", default: "run" },
    update: { type: "boolean", default: false },
  } as const
  const { values, positionals } = parseArgs({ args: argv, options, allowPositionals: true })
  if (values.help) throw new Usage("")
  if (!["run", "recorded"].includes(values.tools)) {
    throw new Usage(`--tools is recorded or run, not ${values.tools}.`)
  }
  const recordedTools = values.tools === "recorded"
  if (recordedTools && values.update) {
    throw new Usage("--update keeps what tools really show: leave out --tools=recorded.")
  }
  if (positionals.length === 0) throw new Usage("Say which recording.")
  return { files: positionals, recordedTools, update: values.update }
}

interface Reel {
  file: string
  cassette: Cassette
}

async function readFiles(files: readonly string[]): Promise<Reel[]> {
  const reels: Reel[] = []
  for (const file of files) {
    const text = await readFile(file, "utf8")
    try {
      reels.push({ file, cassette: readCassette(text) })
    } catch (error) {
      throw isFault(error) ? new Error(`${file}: ${error.say}`) : error
    }
  }
  return reels
}

/** One recording; whether it went as recorded. */
async function play(world: AgentsWorld, { file, cassette }: Reel, asked: Asked): Promise<boolean> {
  const began = performance.now()
  const played = await replayRun(world, cassette, asked)
  const seconds = ((performance.now() - began) / 1000).toFixed(1)
  const found = departuresOf(cassette, played, asked)
  if (asked.update) {
    await writeFile(file, `${JSON.stringify(played, null, 2)}\n`)
    console.log(`updated ${file} (${played.end.state}, ${seconds} s)`)
  } else if (found.length === 0) {
    console.log(`ok      ${file} (${played.end.state}, ${seconds} s)`)
  } else {
    console.log(`DEPARTS ${file} (${found.length}, ${seconds} s)`)
  }
  for (const each of found.slice(0, shownMax)) console.log(`\n${inWords(each)}`)
  if (found.length > shownMax) console.log(`\n… and ${found.length - shownMax} more`)
  return asked.update || found.length === 0
}

const shownMax = 10

async function main(): Promise<number> {
  const asked = readArguments(process.argv.slice(2))
  const reels = await readFiles(asked.files)
  const cluster = await startTestCluster()
  const browser = chooseBrowser({ browser: undefined }, silentLog)
  try {
    const world = await replayWorld(
      reels.map(({ cassette }) => cassette),
      { db: () => databaseOn(cluster.adminUrl), machines: sandboxMachines, browser },
    )
    let well = true
    for (const reel of reels) well = (await play(world, reel, asked)) && well
    await world.close()
    return well ? 0 : 1
  } finally {
    await browser.close()
    await cluster.remove()
  }
}

try {
  process.exitCode = await main()
} catch (error) {
  const why = error instanceof Error ? error.message : String(error)
  const isHelp = error instanceof Usage && why === ""
  if (!isHelp) console.error(why)
  if (error instanceof Usage) (isHelp ? process.stdout : process.stderr).write(usage)
  process.exitCode = isHelp ? 0 : 2
}
