import { readToolchains } from "@vibecaas/microvm/toolchains"
import { describe, expect, test } from "vitest"
import { usedBy } from "./ecosystems.ts"
import { listedIn, listPackages } from "./list-packages.ts"
import { languagePackages } from "./testing/language-packages.ts"
import { anySignal } from "./testing/package-world.ts"

const { rust } = await readToolchains()
const reason = rust === undefined ? " [skipped: this host has no Rust that machines see]" : ""

describe.skipIf(rust === undefined)(`packages of Rust${reason}`, () => {
  const its = languagePackages("rust", (upstream) =>
    upstream.publishCrates(
      { name: "one", version: "1.0.0", needs: { "deep-two": "2" }, licence: "MIT OR Apache-2.0" },
      { name: "one", version: "1.5.0", rust: "1.999" },
      { name: "deep-two", version: "2.1.0" },
      { name: "deep-two", version: "2.9.0", yanked: true },
      { name: "built", version: "1.0.0", files: built },
      { name: "forged", version: "1.0.0" },
      { name: "outside", version: "1.0.0", outside: { "outside-1.0.0/../../../evil": "evil" } },
      { name: "linked", version: "1.0.0", files: { secret: "->/etc/passwd" } },
    ),
  )
  const { projectWith } = its

  test("come in by name for the compiler there is, locked by hash, and are compiled once for a lock file", async () => {
    const { changed, ...of } = await projectWith(app, { add: ["one", "built@1"] })
    expect(changed.direct).toEqual([
      { name: "built", version: "1.0.0" },
      { name: "one", version: "1.0.0" },
    ])
    expect(changed.files["Cargo.toml"]).toContain('one = "1.0.0"\nbuilt = "1"\n')
    expect(changed.files["Cargo.lock"]).toContain("# licence one 1.0.0: MIT OR Apache-2.0\n")
    expect(changed.files["Cargo.lock"]).toContain('name = "deep-two"\nversion = "2.1.0"')
    const used = await usedBy(its.world.read(of.projectId), of.commit)
    expect(listPackages(listedIn(used), () => []).items).toMatchObject([
      { ecosystem: "rust", name: "built", wanted: "1", dev: false },
      { name: "one", wanted: "1.0.0", licence: "MIT OR Apache-2.0" },
      { name: "deep-two", wanted: null, licence: "MIT" },
    ])
    await its.world.packages.prepare(of, anySignal)
    expect(await its.world.packages.look(of)).toEqual({ is: "ready" })

    const guest = await its.world.machine()
    const said = async (...argv: string[]) => {
      const { stdout, stderr } = await guest.exec(argv, { timeoutMs: 120_000 })
      return `${stdout}${stderr}`
    }
    await its.world.packages.use(guest, { ...of, folder: "/workspace", built: true })
    expect(await said("./bin/app")).toBe("1.0.0 of a script without network\n")

    const files = { ...app, ...changed.files }
    const written = Object.entries(files).map(([path, text]) => ({
      path: `/workspace/${path}`,
      content: Buffer.from(text),
    }))
    await guest.writeFiles(written)
    await its.world.packages.use(guest, { ...of, folder: "/workspace", built: false })
    const tested = await said("cargo", "test", "--release")
    expect(tested).toContain("test result: ok. 1 passed")
    expect(tested).toContain("Compiling app")
    expect(tested).not.toContain("Compiling one")
    expect(await said("sh", "-c", "touch .cargo-home/target/release/deps/libone*.rlib")).toMatch(
      /read-only|denied/i,
    )
  })

  test("a lock file alone is enough, and nothing is taken with other bytes than it says", async () => {
    const { changed, ...of } = await projectWith(app, { add: ["one"] })
    const lock = changed.files["Cargo.lock"] ?? ""
    const forged = lock.replace(/checksum = "[0-9a-f]{64}"/, `checksum = "${"a".repeat(64)}"`)
    const commit = await its.world.push(of.projectId, { "Cargo.lock": forged })
    await expect(its.world.packages.prepare({ ...of, commit }, anySignal)).rejects.toMatchObject({
      code: "packages_failed",
      say: expect.stringContaining("other bytes than Cargo.lock says"),
    })
  })

  test("an archive that lies outside of its own folder, or leads out of it, is not installed", async () => {
    const change = (add: string) => projectWith(app, { add: [add] })
    await expect(change("outside")).rejects.toMatchObject({
      say: expect.stringContaining("outside-1.0.0 cannot be unpacked"),
    })
    await expect(change("linked")).rejects.toMatchObject({
      say: expect.stringContaining("linked-1.0.0 has a link"),
    })
    its.upstream.misbehave("/archives/forged", (_request, response) => void response.end("other"))
    await expect(change("forged")).rejects.toMatchObject({
      say: expect.stringContaining("not those that its registry published"),
    })
    await expect(change("missing")).rejects.toMatchObject({
      say: expect.stringContaining("no package missing"),
    })
    await expect(change("one@7")).rejects.toMatchObject({ say: expect.stringContaining("one") })
  })
})

const main = `fn main() { println!("{} {}", one::VERSION, built::words()); }

#[test]
fn it_adds() { assert_eq!(1 + 1, 2); }
`
const app = {
  "Cargo.toml": '[package]\nname = "app"\nversion = "0.1.0"\nedition = "2021"\n\n[dependencies]\n',
  "src/main.rs": main,
}
/** Its script looks for a network while it is compiled, and there is none. */
const built = {
  "build.rs": `use std::{env, fs, net::TcpStream, path::Path};
fn main() {
    let reached = TcpStream::connect("1.1.1.1:80").is_ok();
    let words = if reached { "a way out" } else { "of a script without network" };
    let to = Path::new(&env::var("OUT_DIR").unwrap()).join("words.rs");
    fs::write(to, format!("pub fn words() -> &'static str {{ {:?} }}", words)).unwrap();
    println!("cargo:rerun-if-changed=build.rs");
}
`,
  "src/lib.rs": 'include!(concat!(env!("OUT_DIR"), "/words.rs"));\n',
}
