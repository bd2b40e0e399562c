import { join, resolve } from "node:path"
import { parseArgs } from "node:util"
import { systemClock } from "@vibecaas/kernel/clock"
import { fault, isFault } from "@vibecaas/kernel/fault"
import { makeNewId } from "@vibecaas/kernel/id"
import { run } from "@vibecaas/kernel/spawn"
import { medusa } from "@vibecaas/stores/engines/medusa/engine"
import { woocommerce } from "@vibecaas/stores/engines/woocommerce/engine"
import { installEnvironment } from "@vibecaas/stores/install/install-environment"
import { installMedusa } from "@vibecaas/stores/install/install-medusa"
import { installWooCommerce } from "@vibecaas/stores/install/install-woocommerce"
import {
  type InstallPlace,
  type InstallRecord,
  installDir,
  listInstalls,
  removeInstall,
  verifyInstall,
} from "@vibecaas/stores/install/place-install"
import { usersOf } from "@vibecaas/stores/install/users-of"
import { checkout, defaultDataDir } from "./places.ts"

const dataDir = resolve(process.env.VIBECAAS_DATA || defaultDataDir(process.getuid?.() === 0))
const newId = makeNewId(systemClock)
const place: InstallPlace = {
  enginesDir: join(dataDir, "engines"),
  now: () => systemClock.now().toISOString(),
  newId: () => newId("tmp"),
}
function say(line: string): void {
  process.stdout.write(`${line}\n`)
}

try {
  await obey(process.argv.slice(2))
} catch (error) {
  if (!isFault(error) && !isWrongUse(error)) throw error
  process.stderr.write(`${isFault(error) ? error.say : error.message}\n`)
  process.exitCode = isFault(error) ? 1 : 2
}

async function obey(argv: string[]): Promise<void> {
  const [verb, ...rest] = argv
  if (verb === "list") return list()
  if (verb === "install") return install(rest)
  if (verb === "verify") return verify(named(rest[0]))
  if (verb === "remove") return remove(named(rest[0]))
  throw fault("invalid", { say: "Say list, install, verify or remove; --help tells more." })
}

async function list(): Promise<void> {
  const installs = await listInstalls(place.enginesDir)
  for (const engine of [medusa, woocommerce]) {
    say(`${engine.title}:`)
    const there = installs.filter((each) => each.engine === engine.name)
    for (const record of there) say(`  yes  ${described(record)}`)
    for (const { version } of engine.versions)
      if (!there.some((each) => each.version === version))
        say(`  no   ${version}: ${engine.installCommand(version)}`)
  }
}

function mib(bytes: number): string {
  return `${Math.round(bytes / 1024 ** 2)} MiB`
}

function described({ version, bytes, parts, installedAt }: InstallRecord): string {
  const of = parts.map((part) => `${part.name} ${part.version}`).join(", ")
  return `${version} (${of}; ${mib(bytes)}, installed ${installedAt.slice(0, 10)})`
}

async function install(argv: string[]): Promise<void> {
  const { values, positionals } = parseArgs({
    args: argv,
    allowPositionals: true,
    options: {
      admin: { type: "boolean" },
      core: { type: "string" },
      plugin: { type: "string" },
      sha256: { type: "string" },
      "core-sha256": { type: "string" },
    },
  })
  const what = positionals[0] ?? ""
  const record = what.startsWith("medusa@")
    ? await installMedusa(
        {
          place,
          run,
          env: installEnvironment(process.env),
          say,
          recipes: join(checkout, "packages/stores/engines/medusa/versions"),
        },
        { version: named(what).version, admin: values.admin === true },
      )
    : await installWoo(what, values)
  say(`Installed ${record.engine} ${described(record)}.`)
}

interface WooOptions {
  core?: string
  plugin?: string
  sha256?: string
  "core-sha256"?: string
}

function installWoo(what: string, options: WooOptions): Promise<InstallRecord> {
  if (what !== "woocommerce")
    throw fault("invalid", {
      say: "Say medusa@VERSION or woocommerce; `bin/engines list` has all versions.",
    })
  const { core, plugin } = options
  if (!core || !plugin)
    throw fault("invalid", { say: `Give both parts: ${woocommerce.installCommand("")}` })
  const tools = { place, run, env: installEnvironment(process.env) }
  return installWooCommerce(tools, {
    core: { path: resolve(core), sha256: options["core-sha256"] },
    plugin: { path: resolve(plugin), sha256: options.sha256 },
  })
}

async function verify(of: { engine: string; version: string }): Promise<void> {
  const found = await verifyInstall(place.enginesDir, of)
  if (!found) throw fault("not_found", { say: `${of.engine} ${of.version} is not installed.` })
  if (found.ok) return say(`${of.engine} ${of.version} is what was installed (${found.found}).`)
  throw fault("conflict", {
    say: `${of.engine} ${of.version} is not what was installed: its hash was ${found.expected} and is ${found.found}. Remove it and install it anew.`,
  })
}

async function remove(of: { engine: string; version: string }): Promise<void> {
  const users = await usersOf(installDir(place.enginesDir, of))
  if (users.length > 0)
    throw fault("conflict", {
      say: `${of.engine} ${of.version} is in use by the processes ${users.join(", ")}. Stop or upgrade the stores that run it first.`,
    })
  if (!(await removeInstall(place, of)))
    throw fault("not_found", { say: `${of.engine} ${of.version} is not installed.` })
  say(`Removed ${of.engine} ${of.version}.`)
}

function named(text = ""): { engine: string; version: string } {
  const [engine = "", version = ""] = text.split("@")
  if (engine && version) return { engine, version }
  throw fault("invalid", {
    say: `Name an engine and a version, such as ${medusa.name}@${medusa.versions[0]?.version}.`,
  })
}

function isWrongUse(error: unknown): error is Error {
  return (
    error instanceof Error &&
    String((error as NodeJS.ErrnoException).code).startsWith("ERR_PARSE_ARGS")
  )
}
