import { systemClock } from "@vibecaas/kernel/clock"
import { makeNewId } from "@vibecaas/kernel/id"
import { readToolchains } from "@vibecaas/microvm/toolchains"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { anySignal, type PackageWorld, packageWorld } from "./testing/package-world.ts"
import { publicUpstreams } from "./testing/packages-in.ts"

const { rust } = await readToolchains()
const answers = await fetch(new URL("config.json", publicUpstreams.crates?.base), {
  signal: AbortSignal.timeout(10_000),
}).then(
  ({ ok }) => ok,
  () => false,
)
const lacking = rust === undefined ? "this host has no Rust" : "no index of crates is reached"
const reason = rust !== undefined && answers ? "" : ` [skipped: ${lacking} from here]`

describe.skipIf(reason !== "")(`real crates${reason}`, () => {
  let world: PackageWorld
  beforeAll(async () => {
    world = await packageWorld(publicUpstreams)
  })
  afterAll(() => world?.close())

  test("a JSON service with serde is locked for this compiler, built and served in a small machine", async () => {
    const projectId = makeNewId(systemClock)("prj")
    const took: Record<string, number> = {}
    const timed = async <T>(what: string, work: Promise<T>): Promise<T> => {
      const from = performance.now()
      const done = await work
      took[what] = Math.round(performance.now() - from)
      return done
    }
    const commit = await world.push(projectId, sources)
    const add = ["serde@1+derive", "serde_json", "tiny_http"]
    const asked = { ecosystem: "rust", add, remove: [], dev: false } as const
    const changed = await timed(
      "lock",
      world.packages.change(
        { projectId, commit },
        { ...asked, signal: anySignal, print: () => {} },
      ),
    )
    expect(changed.files["Cargo.lock"]).toMatch(/^# licence serde 1\.\S+: MIT OR Apache-2.0$/m)
    const first = { projectId, commit: await world.push(projectId, changed.files) }
    await timed("compile and build", world.packages.prepare(first, anySignal))

    const next = sources["src/main.rs"].replace("Hello", "Hello again")
    const second = { projectId, commit: await world.push(projectId, { "src/main.rs": next }) }
    await timed("build again", world.packages.prepare(second, anySignal))
    console.log("took, in ms:", took, changed.count, "crates")
    expect(took["build again"]).toBeLessThan((took["compile and build"] ?? 0) / 2)

    const guest = await world.machine()
    await guest.writeFiles([{ path: "/tmp/app/Cargo.toml", content: Buffer.of() }])
    await world.packages.use(guest, { ...second, folder: "/tmp/app", built: true })
    await guest.startApp({ argv: ["./bin/app"], cwd: "/tmp/app", env: {}, port: 3000 })
    const program = `fetch("http://127.0.0.1:3000/").then(async (it) => console.log(await it.text()), (error) => console.log(String(error.cause)))`
    const ask = async () => String((await guest.exec(["node", "-e", program])).stdout).trim()
    await expect.poll(ask, { timeout: 20_000 }).toBe('{"words":"Hello again"}')
  }, 600_000)
})

const sources = {
  "Cargo.toml":
    '[package]\nname = "hello"\nversion = "0.1.0"\nedition = "2021"\n\n[dependencies]\n',
  "src/main.rs": `use serde::Serialize;

#[derive(Serialize)]
struct Answer<'a> { words: &'a str }

fn main() {
    let port = std::env::var("PORT").unwrap();
    let server = tiny_http::Server::http(format!("127.0.0.1:{}", port)).unwrap();
    for request in server.incoming_requests() {
        let text = serde_json::to_string(&Answer { words: "Hello" }).unwrap();
        let _ = request.respond(tiny_http::Response::from_string(text));
    }
}
`,
}
