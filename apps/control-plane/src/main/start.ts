import "@vibecaas/kernel/quick-imports"
import { isFault } from "@vibecaas/kernel/fault"
import { type Config, readPlatformConfig, settingsHelp } from "./config.ts"
import { defaultDataDir, placesOf } from "./places.ts"
import { keyFileFault } from "./secrets.ts"

const help = `Usage: bin/start [--no-install]

Sets everything up, starts the platform and keeps it running until Ctrl-C.

  --no-install  install nothing on this system
  --help        this text

Settings are environment variables [default]:
${settingsHelp()}
`

const options = process.argv.slice(2)
const unknown = options.filter((option) => !["--help", "-h", "--no-install"].includes(option))
if (options.includes("--help") || options.includes("-h")) {
  process.stdout.write(help)
} else if (unknown.length > 0) {
  refuse([`unknown option ${unknown.join(" ")}; bin/start --help lists what there is`])
} else {
  const isRoot = process.getuid?.() === 0
  const read = readPlatformConfig(process.env, { dataDir: defaultDataDir(isRoot), keyFileFault })
  if (!read.ok) refuse(read.mistakes)
  else await start(read.config)
}

async function start(config: Config): Promise<void> {
  try {
    // What only helps or refuses does not wait for all this.
    const { runPlatform } = await import("./run-platform.ts")
    process.exitCode = await runPlatform(config, placesOf(config.dataDir))
  } catch (error) {
    refuse([
      isFault(error)
        ? error.say
        : error instanceof Error
          ? (error.stack ?? error.message)
          : String(error),
    ])
  }
}

function refuse(mistakes: string[]): void {
  process.stderr.write(
    `The platform did not start:\n${mistakes.map((mistake) => `  ${mistake}`).join("\n")}\n`,
  )
  process.exitCode = 1
}
