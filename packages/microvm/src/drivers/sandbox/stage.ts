import { createHash } from "node:crypto"
import { chmod, cp, lstat, readdir, readFile, rename, rm, writeFile } from "node:fs/promises"
import { dirname, resolve } from "node:path"
import { fileURLToPath } from "node:url"
import { isPassable, makeDirectory, stageNode } from "@vibecaas/kernel/stage-node"
import { refusedCalls, takesFilters } from "./refused-calls.ts"

/** What every machine gets to see of the platform: Node, the agent, a small /etc. All read-only. */
export interface Staged {
  nodePath: string
  /** holds `agent/main.ts` and what it imports */
  agentDir: string
  etcDir: string
  /** npm as a package: `bin/npm-cli.js` is in it */
  npmDir: string
  /** commands that are found by their names */
  toolsDir: string
  /** the script that builds a root directory where bubblewrap is missing */
  unshareScript: string
  /** an empty directory to mount on */
  emptyDir: string
  /** system calls that are refused, for `bwrap --seccomp`; none where the kernel takes no filter, or its numbers are not known */
  callFilter: string | undefined
}

const sourceDir = resolve(import.meta.dirname, "../..")

/**
 * Copies it to where other uids may read it: our own sources can lie in somebody's closed home.
 *
 * @param dir made if needed, passable for everybody
 */
export async function stage(dir: string, nodePath: string): Promise<Staged> {
  for (const path of [dir, `${dir}/empty`]) await makeDirectory(path)
  const agentDir = await stageAgent(dir)
  return {
    nodePath: await stageNode(dir, nodePath),
    agentDir,
    etcDir: await stageEtc(dir),
    npmDir: await stageNpm(dir),
    toolsDir: await stageTools(dir),
    unshareScript: `${agentDir}/unshare-root.sh`,
    emptyDir: `${dir}/empty`,
    callFilter: await stageCallFilter(dir),
  }
}

async function stageAgent(dir: string): Promise<string> {
  const names = (await readdir(`${sourceDir}/agent`)).filter((name) => !name.endsWith(".test.ts"))
  const files = [
    ...names.map((name) => `agent/${name}`),
    "guest-mux.ts",
    "guest-protocol.ts",
    "port-message.ts",
    "drivers/sandbox/unshare-root.sh",
  ]
  const contents = await Promise.all(files.map((file) => readFile(`${sourceDir}/${file}`)))
  const hash = createHash("sha256")
  for (const content of contents) hash.update(content).update("\0")
  const target = `${dir}/agent-${hash.digest("hex").slice(0, 16)}`
  for (const path of [target, `${target}/agent`]) await makeDirectory(path)
  await putFile(`${target}/package.json`, Buffer.from('{ "type": "module" }\n'))
  for (const [at, file] of files.entries()) {
    const name = file.replace("drivers/sandbox/", "")
    await putFile(`${target}/${name}`, contents[at] ?? Buffer.alloc(0))
  }
  return target
}

async function stageCallFilter(dir: string): Promise<string | undefined> {
  const filter = takesFilters() ? refusedCalls(process.arch) : undefined
  if (!filter) return undefined
  const path = `${dir}/refused-calls.bpf`
  await putFile(path, filter)
  return path
}

/** npm itself, where everybody may read it. */
async function stageNpm(dir: string): Promise<string> {
  const manifest = fileURLToPath(import.meta.resolve("npm/package.json"))
  const origin = dirname(manifest)
  if (await isPassable(`${origin}/bin/npm-cli.js`)) return origin
  const { version } = JSON.parse(await readFile(manifest, "utf8"))
  const target = `${dir}/npm-${version}`
  if (await exists(target)) return target
  await rm(`${target}.new`, { recursive: true, force: true })
  await cp(origin, `${target}.new`, { recursive: true, dereference: true })
  await rename(`${target}.new`, target)
  return target
}

async function stageTools(dir: string): Promise<string> {
  const tools = `${dir}/tools`
  await makeDirectory(tools)
  for (const name of ["npm", "npx"]) {
    const script = `#!/bin/sh\nexec node "$NPM_DIR/bin/${name}-cli.js" "$@"\n`
    await putFile(`${tools}/${name}`, Buffer.from(script), 0o755)
  }
  return tools
}

async function stageEtc(dir: string): Promise<string> {
  const etc = `${dir}/etc`
  for (const path of [etc, `${etc}/alternatives`]) await makeDirectory(path)
  const files = {
    passwd: "root:x:0:0:root:/:/bin/sh\napp:x:1000:1000:app:/workspace:/bin/sh\n",
    group: "root:x:0:\napp:x:1000:\n",
    hosts: "127.0.0.1 localhost\n",
    "nsswitch.conf": "passwd: files\ngroup: files\nhosts: files\n",
    "ld.so.cache": "",
  }
  for (const [name, content] of Object.entries(files)) {
    await putFile(`${etc}/${name}`, Buffer.from(content))
  }
  return etc
}

async function putFile(path: string, content: Uint8Array, mode = 0o644): Promise<void> {
  await writeFile(`${path}.new`, content)
  await chmod(`${path}.new`, mode)
  await rename(`${path}.new`, path)
}

export async function exists(path: string): Promise<boolean> {
  return (await lstat(path).catch(() => undefined)) !== undefined
}
