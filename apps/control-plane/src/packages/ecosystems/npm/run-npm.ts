import { failed, type InstallTask, installFolder } from "../../ecosystem.ts"
import { runInstaller } from "../../run-installer.ts"

/** Runs npm in a task's machine. @throws Fault `packages_failed` */
export async function runNpm(task: InstallTask, args: readonly string[]): Promise<void> {
  await runInstaller(task, {
    wire: "npm",
    name: "npm",
    argv: (port) => ["npm", ...args.slice(0, 1), ...flags(port), ...args.slice(1)],
    complaints,
  })
}

const minutes = 60_000
const scriptsTimeoutMs = 8 * minutes
const printedBytesMax = 512 * 1024

/**
 * Runs the scripts that packages have for their installation. The way to the registry is closed by then,
 * so they reach nothing: what they need has to lie in packages.
 *
 * @throws Fault `packages_failed` with the end of what they printed
 */
export async function runScripts(
  { guest, signal, print }: InstallTask,
  names: readonly string[],
): Promise<void> {
  print(`--- Running scripts of ${names.join(", ")}\n`)
  const argv = ["npm", "rebuild", "--offline", "--foreground-scripts", "--no-update-notifier"]
  const result = await guest.exec([...argv, "--cache=../cache", "--color=false", "--", ...names], {
    cwd: installFolder,
    ...{ timeoutMs: scriptsTimeoutMs, signal, maxOutputBytes: printedBytesMax },
    onOutput: (_stream, chunk) => print(chunk.toString("utf8")),
  })
  if (result.timedOut)
    throw failed(`Scripts of packages were stopped after ${scriptsTimeoutMs / minutes} minutes.`)
  if (result.exitCode === 0) return
  const said = [result.stdout, result.stderr].map((text) => text.toString("utf8").trim())
  const end = said.join("\n").trim().split("\n").slice(-15).join("\n")
  throw failed(
    `A script of ${names.join(", ")} failed. It runs without network. Without it the package may work, too: take the permission back.\n${end}`,
  )
}

/** `node_modules` and the cache are the machine's; nothing of packages runs. */
const flags = (port: number) => [
  `--registry=http://127.0.0.1:${port}/`,
  "--replace-registry-host=always",
  "--ignore-scripts",
  "--include=dev",
  "--no-audit",
  "--no-fund",
  "--no-update-notifier",
  "--no-progress",
  "--color=false",
  "--cache=../cache",
  "--maxsockets=16",
  "--fetch-retries=1",
  "--fetch-retry-mintimeout=500",
  "--fetch-timeout=60000",
  "--loglevel=http",
]

/** npm's own words without its prefixes. */
const complaints = (stderr: string): string[] =>
  stderr
    .split("\n")
    .filter((line) => /^npm (error|ERR!)/.test(line))
    .map((line) => line.replace(/^npm (error|ERR!) ?/, "").trim())
    .filter(
      (line) => line !== "" && !/complete log of this run|^code |^A complete|\.log$/.test(line),
    )
