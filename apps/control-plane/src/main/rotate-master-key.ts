import "@vibecaas/kernel/quick-imports"
import { parseArgs } from "node:util"
import { isFault } from "@vibecaas/kernel/fault"
import { readPlatformConfig } from "./config.ts"
import { rotateInstallation } from "./master-key/command.ts"
import { defaultDataDir, placesOf } from "./places.ts"
import { keyFileFault } from "./secrets.ts"

const say = (line: string) => process.stdout.write(`${line}\n`)

try {
  const { values } = parseArgs({
    options: { drill: { type: "boolean" }, "new-key-file": { type: "string" } },
  })
  const isRoot = process.getuid?.() === 0
  const read = readPlatformConfig(process.env, { dataDir: defaultDataDir(isRoot), keyFileFault })
  if (read.ok) {
    const { config } = read
    const [drill, newKeyFile] = [values.drill === true, values["new-key-file"]]
    const around = { config, places: placesOf(config.dataDir), say }
    process.exitCode = await rotateInstallation({ ...around, drill, newKeyFile })
  } else {
    refuse(read.mistakes.join("\n"))
  }
} catch (error) {
  refuse(isFault(error) ? error.say : error instanceof Error ? error.message : String(error))
}

function refuse(why: string): void {
  process.stderr.write(`${why}\n`)
  process.exitCode = 1
}
