import { expect, test } from "vitest"
import type { RecordedCall } from "./journal.ts"
import { type Proof, proofIn } from "./proof.ts"
import { passedTests } from "./test-runners.ts"

const call = (name: string, input: object, output: object): RecordedCall => ({
  ...{ name, input, output, ok: true, title: name },
})
const spec =
  "✔ keeps a book (3.2ms)\n✖ loses one (1ms)\n▶ pages\n  ✔ lists it (12.034ms)\n✔ pages (14ms)\n﹣ later (0ms) # SKIP\nℹ pass 3"
const tap =
  "# Subtest: keeps a book\nok 1 - keeps a book\nnot ok 2 - loses one\nok 3 - later # SKIP\n# pass 1"
const calls = [
  call("run_command", { argv: ["node", "--test"] }, { exitCode: 1, stdout: spec, stderr: "" }),
  call("run_command", { argv: ["node", "-v"] }, { exitCode: 0, stdout: "v24", stderr: "" }),
  call("run_command", { argv: ["false"] }, { exitCode: 1, stdout: "", stderr: "" }),
  call("fetch_page", { path: "/" }, { status: 200, body: "<h1>Books</h1>" }),
  call("look_at_page", { path: "/new" }, { status: 200, tree: "- button: Save" }),
  call("look_at_page", { path: "/gone" }, { status: 200, notLoaded: "It never ended.", tree: "" }),
  call("fetch_page", { path: "/posts", method: "POST" }, { status: 403, body: "Only Anna." }),
]

test("of a run's output only tests that passed are taken, whichever reporter printed it", () => {
  expect([...passedTests({ stdout: spec })]).toEqual(["keeps a book", "lists it", "pages"])
  expect(passedTests({ stdout: tap }).has("keeps a book")).toBe(true)
  expect(
    passedTests({ stdout: tap }).has("loses one") || passedTests({ stdout: tap }).has("later"),
  ).toBe(false)
})

test.each<[Proof, string]>([
  [{ kind: "test", name: "lists it" }, "The test “lists it” passed."],
  [{ kind: "page", path: "/", contains: "Books" }, "GET / answered 200 with “Books”."],
  [{ kind: "page", path: "/posts", method: "POST", status: 403 }, "POST /posts answered 403."],
  [{ kind: "page", path: "/new", contains: "Save" }, "GET /new answered 200 with “Save”."],
  [
    { kind: "command", argv: ["node", "-v"], contains: "v24" },
    "node -v exited with 0 and printed “v24”.",
  ],
])("%j is a proof", (named, why) => {
  expect(proofIn(calls, named)).toEqual({ why })
})

test.each<[Proof, RegExp]>([
  [{ kind: "test", name: "loses one" }, /no test called “loses one” passed/],
  [{ kind: "test", name: "keeps" }, /no test called/],
  [{ kind: "page", path: "/gone" }, /not fetched GET \/gone/],
  [{ kind: "page", path: "/posts" }, /not fetched GET \/posts/],
  [{ kind: "page", path: "/posts", method: "POST" }, /answered 403/],
  [{ kind: "page", path: "/", status: 403 }, /answered 200/],
  [{ kind: "page", path: "/", contains: "Films" }, /without “Films”/],
  [{ kind: "command", argv: ["false"] }, /exited with 1/],
  [{ kind: "command", argv: ["node", "-v"], contains: "v25" }, /did not print/],
  [{ kind: "command", argv: ["node"] }, /not run node/],
])("%j is none", (named, say) => {
  expect(proofIn(calls, named)).toEqual({ say: expect.stringMatching(say) })
})

test("what ran before files changed proves nothing", () => {
  expect(proofIn([], { kind: "test", name: "lists it" })).toEqual({
    say: expect.stringMatching(/no tests since files last changed/),
  })
})
