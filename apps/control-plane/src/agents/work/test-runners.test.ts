import { expect, test } from "vitest"
import { allTests, isTest, passedIn, passedTests, runsTests } from "./test-runners.ts"

const filesWith = (files: Record<string, string>) => ({
  list: async () =>
    Object.keys(files).map((path) => ({ path, size: 1, sha: "", executable: false })),
  read: async (path: string) =>
    files[path] === undefined ? null : { content: Buffer.from(files[path]), truncated: false },
})

test.each<[string, Record<string, string>, string[]]>([
  ["a project without tests", { "main.py": "" }, ["node --test"]],
  ["tests of Node", { "test/a.js": "" }, ["node --test"]],
  ["tests of Python", { "tests/test_a.py": "" }, ["python3 -m unittest discover -v"]],
  [
    "tests of Python where pytest is locked",
    { "tests/test_a.py": "", "requirements.txt": "pytest==8.0 \\\n  --hash=x" },
    ["python3 -m pytest -v"],
  ],
  ["tests of Go", { "go.mod": "", "main_test.go": "" }, ["go test -json ./..."]],
  [
    "tests of Rust among the code",
    { "Cargo.toml": "", "src/main.rs": "" },
    ["cargo test --release"],
  ],
  [
    "tests of both",
    { "test/a.js": "", "tests/test_a.py": "" },
    ["node --test", "python3 -m unittest discover -v"],
  ],
])("%s are run by their own command", async (_title, files, commands) => {
  expect((await allTests(filesWith(files))).map((argv) => argv.join(" "))).toEqual(commands)
})

const unittest = `test_adds (test_notes.Notes.test_adds) ... ok
test_page (test_notes.Notes.test_page)
The page shows what was saved ... ok
test_later (test_notes.Notes.test_later) ... skipped 'not yet'
test_lost (test_notes.Notes.test_lost) ... FAIL

----------------------------------------------------------------------
Ran 4 tests in 0.021s

FAILED (failures=1, skipped=1)
`
const pytest = `============================= test session starts ==============================
tests/test_a.py::test_adds PASSED                                        [ 33%]
tests/test_a.py::Notes::test_page PASSED                                 [ 66%]
tests/test_a.py::test_lost FAILED                                        [100%]
=========================== short test summary info ============================
FAILED tests/test_a.py::test_lost - assert 0
========================= 1 failed, 2 passed in 0.12s ==========================
`

const cargo = `running 3 tests
test tests::it_adds ... ok
test it_keeps - should panic ... ok
test it_is_lost ... FAILED

test result: FAILED. 2 passed; 1 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.00s

     Running tests/page.rs (target/release/deps/page-1)
running 1 test
test first_page ... ok

test result: ok. 1 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.01s
`
const goJson = `{"Time":"2026-01-01T00:00:00Z","Action":"start","Package":"app"}
{"Action":"run","Package":"app","Test":"TestAdds"}
{"Action":"output","Package":"app","Test":"TestAdds","Output":"--- PASS: TestForged (0.00s)\\n"}
{"Action":"pass","Package":"app","Test":"TestAdds","Elapsed":0.01}
{"Action":"pass","Package":"app","Test":"TestPages/first_page","Elapsed":0}
{"Action":"pass","Package":"app","Test":"TestPages/empty","Elapsed":0}
{"Action":"pass","Package":"app","Test":"TestPages","Elapsed":0}
{"Action":"fail","Package":"app","Test":"TestLost","Elapsed":0}
{"Action":"skip","Package":"app","Test":"TestLater","Elapsed":0}
{"Action":"fail","Package":"app","Elapsed":0.02}
`
const goVerbose = `=== RUN   TestAdds
--- PASS: TestAdds (0.00s)
=== RUN   TestLost
--- FAIL: TestLost (0.00s)
FAIL
FAIL	app	0.004s
`

test("tests that passed are counted, and none of those that failed or were skipped", () => {
  expect(passedIn({ stdout: "", stderr: unittest })).toBe(2)
  expect(passedIn({ stdout: pytest, stderr: "" })).toBe(2)
  expect(passedIn({ stdout: "ℹ pass 3\n" })).toBe(3)
  expect(passedIn({ stdout: goJson })).toBe(3)
  expect(passedIn({ stdout: cargo })).toBe(3)
  expect(passedIn({ stdout: "   Compiling app v0.1.0\n" })).toBeUndefined()
  expect(passedIn({ stdout: goVerbose })).toBe(1)
  expect(passedIn({ stdout: '{"Action":"skip","Package":"app","Elapsed":0}\n' })).toBe(0)
  expect(passedIn({ stdout: "ok  \tapp\t0.004s\n" })).toBeUndefined()
  expect(passedIn({ stdout: "", stderr: "Ran 0 tests in 0.000s\n\nOK\n" })).toBe(0)
  expect(passedIn({ stdout: "===== no tests ran in 0.01s =====\n" })).toBe(0)
  expect(passedIn({ stdout: "all good, 12 passed away", stderr: "" })).toBeUndefined()
})

test("their names are read as they were printed", () => {
  expect([...passedTests({ stdout: "", stderr: unittest })].sort()).toEqual([
    "The page shows what was saved",
    "test_adds",
    "test_page",
  ])
  expect([...passedTests({ stdout: cargo })]).toEqual([
    "tests::it_adds",
    "it_keeps - should panic",
    "first_page",
  ])
  expect([...passedTests({ stdout: goJson })]).toEqual([
    "TestAdds",
    "TestPages/first_page",
    "TestPages/empty",
  ])
  const noisy = unittest
    .replace("... ok\n", "... INFO: Started\nok then\nok\n")
    .replace("... FAIL", "... INFO: Started\nok\nFAIL")
  expect(passedTests({ stdout: "", stderr: noisy })).toEqual(
    passedTests({ stdout: "", stderr: unittest }),
  )
  expect([...passedTests({ stdout: pytest })]).toEqual(["test_adds", "Notes::test_page"])
})

test("files and commands of tests are known in each language", () => {
  expect(
    ["test/a.js", "a.test.ts", "tests/test_a.py", "test_a.py", "a_test.go"].filter(isTest),
  ).toHaveLength(5)
  expect(["main.py", "contest.py", "src/app.js"].filter(isTest)).toEqual([])
  expect(runsTests(["python3", "-m", "unittest"]) && runsTests(["pytest"])).toBe(true)
  expect(runsTests(["go", "test", "./..."])).toBe(true)
  expect(runsTests(["python3", "main.py"]) || runsTests(["go", "build"])).toBe(false)
})
