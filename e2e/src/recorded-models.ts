import { spawn } from "node:child_process"
import { join, resolve } from "node:path"

const checkout = resolve(import.meta.dirname, "../..")
export const cassettes = join(checkout, "apps/control-plane/replay/cassettes")

export interface RecordedModels {
  /** what makes a platform ask them */
  env: Record<string, string>
  close(): void
}

/**
 * A maker's server in a process of its own, whose model answers as those of recorded runs did.
 *
 * @param names of cassettes that are kept, or paths of others
 */
export async function startRecordedModels(names: readonly string[]): Promise<RecordedModels> {
  const program = join(checkout, "apps/control-plane/src/agents/simulators/main.ts")
  const files = names.map((name) =>
    resolve(cassettes, name.endsWith(".json") ? name : `${name}.json`),
  )
  const child = spawn(process.execPath, [program, "0", "a-key", ...files], {
    stdio: ["ignore", "pipe", "inherit"],
  })
  const url = await new Promise<string>((done, fail) => {
    let output = ""
    child.once("exit", (code) => fail(new Error(`the models ended with ${code}: ${output}`)))
    child.stdout.on("data", (text) => {
      output += text
      const found = /ANTHROPIC_BASE_URL=(\S+)/.exec(output)?.[1]
      if (found) done(found)
    })
  })
  return {
    env: {
      VIBECAAS_MODEL: "anthropic:recorded",
      ANTHROPIC_BASE_URL: url,
      ANTHROPIC_API_KEY: "a-key",
    },
    close: () => void child.kill("SIGTERM"),
  }
}
