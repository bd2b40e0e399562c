// Installs crates from the registry on this machine's own port.
//
// usage: install.mjs PORT (pick NAME... | lock | install | compile)
//
// pick finds the newest versions that this compiler takes. lock writes Cargo.lock for ../project. install
// brings the crates that ../crates.json names into ./crates, and takes nothing without its hash. compile
// compiles what an app of this Cargo.toml would need, into ./cargo-target.
import { spawn, spawnSync } from "node:child_process"
import { createHash } from "node:crypto"
import { once } from "node:events"
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs"
import { createServer } from "node:http"
import { join, resolve } from "node:path"
import { gunzipSync } from "node:zlib"

const [port, mode, ...names] = process.argv.slice(2)
const registry = `http://127.0.0.1:${port}`
const crateBytesMax = 256 * 1024 * 1024
const atOnce = 8
const compileMsMax = 9 * 60_000

const modes = { pick, lock, install, compile }
await modes[mode]()

function fail(words) {
  console.error(`error: ${words}`)
  process.exit(1)
}

/** `1.63.0` as a number. */
function numberOf(version) {
  const [major = 0, minor = 0, patch = 0] = version.split(/[.+-]/).map(Number)
  return major * 1e8 + minor * 1e4 + patch
}

function compilerVersion() {
  const { stdout } = spawnSync("rustc", ["--version"], { encoding: "utf8" })
  return stdout.split(" ")[1] ?? fail("this machine has no rustc")
}

function cargoVersion() {
  const { stdout } = spawnSync("cargo", ["--version"], { encoding: "utf8" })
  return stdout.split(" ")[1] ?? fail("this machine has no cargo")
}

function indexPath(name) {
  const plain = name.toLowerCase()
  if (plain.length < 3) return `${plain.length}/${plain}`
  if (plain.length === 3) return `3/${plain[0]}/${plain}`
  return `${plain.slice(0, 2)}/${plain.slice(2, 4)}/${plain}`
}

async function get(path) {
  const answer = await fetch(`${registry}${path}`)
  const bytes = Buffer.from(await answer.arrayBuffer())
  if (answer.ok) return bytes
  let said = `the registry answered ${answer.status}`
  try {
    said = JSON.parse(bytes).error
  } catch {
    // It said nothing.
  }
  return fail(said)
}

/** Versions of a crate that this compiler takes, as far as they say which they need. */
function fitting(text, compiler) {
  return text
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line))
    .filter(({ rust_version: needed }) => !needed || numberOf(needed) <= numberOf(compiler))
}

async function pick() {
  const compiler = compilerVersion()
  const picked = {}
  for (const name of names) {
    const text = String(await get(`/${indexPath(name)}`))
    const whole = fitting(text, compiler).filter(
      ({ vers, yanked }) => !yanked && !vers.includes("-"),
    )
    const newest = whole.sort((a, b) => numberOf(b.vers) - numberOf(a.vers))[0]
    if (!newest) fail(`no version of ${name} is for the compiler of this host, rustc ${compiler}`)
    picked[name] = { name: newest.name, version: newest.vers.replace(/\+.*/, "") }
  }
  writeFileSync("../picked.json", JSON.stringify(picked))
}

/** Cargo chooses among what this compiler takes: older ones do not look themselves. */
async function lock() {
  const compiler = compilerVersion()
  const server = createServer(async (request, response) => {
    const answer = await fetch(`${registry}${request.url}`)
    const text = await answer.text()
    const isIndex = answer.ok && request.url !== "/config.json"
    const lines = isIndex ? fitting(text, compiler).map((each) => `${JSON.stringify(each)}\n`) : []
    response.writeHead(answer.status).end(isIndex ? lines.join("") : text)
  })
  server.listen(0, "127.0.0.1")
  await once(server, "listening")
  const home = resolve("../cargo-home")
  mkdirSync(home, { recursive: true })
  const source = `sparse+http://127.0.0.1:${server.address().port}/`
  writeFileSync(
    join(home, "config.toml"),
    `[source.crates-io]\nreplace-with = "registry"\n\n[source.registry]\nregistry = "${source}"\n`,
  )
  writeStub("../project")
  // Before 1.68 cargo speaks to such an index only when it is told that it may try what is new.
  const old = numberOf(cargoVersion()) < numberOf("1.68.0")
  const flags = old ? ["-Z", "sparse-registry"] : []
  const code = await cargo(["update", "--workspace", ...flags], {
    cwd: "../project",
    env: { CARGO_HOME: home, CARGO_NET_OFFLINE: "false", ...(old ? { RUSTC_BOOTSTRAP: "1" } : {}) },
  })
  server.close()
  server.closeAllConnections()
  if (code !== 0) process.exit(code ?? 1)
}

async function cargo(args, { cwd = ".", env = {} } = {}) {
  const child = spawn("cargo", args, {
    cwd,
    env: { ...process.env, ...env },
    stdio: ["ignore", "inherit", "inherit"],
    timeout: compileMsMax,
  })
  const [code] = await once(child, "exit")
  return code
}

/** Cargo reads no package without a program. */
function writeStub(folder) {
  mkdirSync(join(folder, "src"), { recursive: true })
  writeFileSync(join(folder, "src/main.rs"), "fn main() {}\n")
  const manifest = readFileSync(join(folder, "Cargo.toml"), "utf8")
  if (/^\[(target\..*\.)?build-dependencies/m.test(manifest))
    writeFileSync(join(folder, "build.rs"), "fn main() {}\n")
}

async function install() {
  mkdirSync("crates", { recursive: true })
  const left = JSON.parse(readFileSync("../crates.json", "utf8"))
  const licences = {}
  const work = async () => {
    for (let crate = left.shift(); crate; crate = left.shift()) {
      await bring(crate)
      const licence = licenceOf(crate)
      if (licence) licences[`${crate.name} ${crate.version}`] = licence
    }
  }
  await Promise.all(Array.from({ length: atOnce }, work))
  writeFileSync("../licences.json", JSON.stringify(licences))
}

async function bring({ name, version, checksum }) {
  const folder = `${name}-${version}`
  console.log(`${name} ${version}`)
  const bytes = await get(`/crates/${name}/${folder}.crate`)
  if (createHash("sha256").update(bytes).digest("hex") !== checksum) {
    fail(`${name} ${version} has other bytes than Cargo.lock says. It was not installed.`)
  }
  await unpack(bytes, folder)
  const files = {}
  for (const path of filesIn(join("crates", folder), folder)) {
    const content = readFileSync(join("crates", folder, path))
    files[path] = createHash("sha256").update(content).digest("hex")
  }
  const note = JSON.stringify({ files, package: checksum })
  writeFileSync(join("crates", folder, ".cargo-checksum.json"), note)
}

/** Only what lies in the crate's own folder. */
async function unpack(bytes, folder) {
  let archive
  try {
    archive = gunzipSync(bytes, { maxOutputLength: crateBytesMax })
  } catch {
    fail(`${folder} is no archive, or larger than ${crateBytesMax / 1024 / 1024} MiB.`)
  }
  const flags = ["--no-same-owner", "--no-same-permissions", "--keep-old-files"]
  const tar = spawn("tar", ["-x", ...flags, "-C", "crates", "-f", "-", folder], {
    stdio: ["pipe", "ignore", "inherit"],
  })
  tar.stdin.on("error", () => {})
  tar.stdin.end(archive)
  const [code] = await once(tar, "exit")
  if (code !== 0) fail(`the archive of ${folder} cannot be unpacked.`)
}

function filesIn(root, crate, below = "") {
  return readdirSync(join(root, below), { withFileTypes: true }).flatMap((entry) => {
    const path = below === "" ? entry.name : `${below}/${entry.name}`
    if (entry.isDirectory()) return filesIn(root, crate, path)
    if (!entry.isFile()) fail(`${crate} has a link, ${path}. It was not installed.`)
    return [path]
  })
}

function licenceOf({ name, version }) {
  const path = join("crates", `${name}-${version}`, "Cargo.toml")
  const text = existsSync(path) ? readFileSync(path, "utf8") : ""
  return /^license = "([^"\n]{1,80})"/m.exec(text)?.[1]
}

/** With a program that does nothing: what is compiled is crates, and nothing of a project. */
async function compile() {
  writeStub(".")
  const flags = ["--release", "--offline", "--locked"]
  for (const args of [["build"], ["test", "--no-run"]]) {
    const code = await cargo([...args, ...flags])
    if (code !== 0) process.exit(code ?? 1)
  }
  const own = /^name = "([^"]+)"/m.exec(readFileSync("Cargo.toml", "utf8"))?.[1]
  const code = await cargo(["clean", "--release", "--offline", "--locked", "-p", own])
  if (code !== 0) process.exit(code ?? 1)
  const target = process.env.CARGO_TARGET_DIR
  for (const name of [".rustc_info.json", "release/.cargo-lock"])
    rmSync(join(target, name), { force: true })
  cpSync(target, "cargo-target", { recursive: true, preserveTimestamps: true })
  for (const name of readdirSync("."))
    if (name !== "cargo-target") rmSync(name, { recursive: true, force: true })
}
