import { globSync, readdirSync, readFileSync } from "node:fs"
import { join, resolve } from "node:path"
import { isFault } from "@vibecaas/kernel/fault"
import { expect, test } from "vitest"
import { filesOf } from "./files-of.ts"
import { readStarters } from "./read-starters.ts"
import { seenParameter } from "./starter.ts"
import { toyFolder, toyModel, toyStarter } from "./testing/toy-starter.ts"

async function toy() {
  using toys = toyFolder()
  const [starter] = await readStarters(toys.folder)
  if (!starter) throw new Error("the folder has a starter")
  return starter
}

const textOf = (files: ReturnType<typeof filesOf>, path: string) =>
  files.find((file) => file.path === path)?.content.toString()

test("a starter's files are those of its app, with every parameter's value in settings.json and the data model in app.json", async () => {
  const files = filesOf(await toy(), { size: 7, model: toyModel("Films") })
  expect(files.map(({ path }) => path)).toEqual([
    ...["package.json", "server.js", "settings.json", "app.json"],
  ])
  expect(JSON.parse(textOf(files, "settings.json") ?? "")).toEqual({
    ...{ title: "Toy", about: "", size: 7, shape: "round", shown: true, accent: "#1d4ed8" },
    lines: ["one"],
  })
  expect(JSON.parse(textOf(files, "app.json") ?? "")).toEqual(toyModel("Films"))
})

test("everybody sees of each starter's parameters what a form needs, and nothing of how prompts are read", async () => {
  const starters = await readStarters(resolve(import.meta.dirname, "../../../starters"))
  const all = starters.flatMap(({ parameters }) => parameters)
  expect(all.some(({ exampleOf, said }) => exampleOf !== undefined || said !== undefined)).toBe(
    true,
  )
  for (const parameter of all) {
    const { words: _, reads: __, said: ___, exampleOf: ____, one: _____, ...shown } = parameter
    expect(seenParameter(parameter)).toEqual(shown)
  }
})

test.each([
  [{ title: 3 }, "Give a text."],
  [{ title: "x".repeat(21) }, "Use at most 20 characters."],
  [{ title: "two\nlines" }, "Use only characters that can be seen."],
  [{ size: "3" }, "Give a number."],
  [{ size: 10 }, "Use 9 or less."],
  [{ size: 0 }, "Use 1 or more."],
  [{ shape: "oval" }, "Choose one of: round, square."],
  [{ shown: "yes" }, "Say true or false."],
  [{ accent: "red" }, "Give a color as #rrggbb, for example #1d4ed8."],
  [{ lines: "one" }, "Give a list of texts."],
  [{ lines: ["a", "b", "c", "d"] }, "Name at most 3."],
  [{ lines: ["a", ""] }, "Item 2: Use at least 1 character."],
  [{ lines: ["a", "A "] }, "Item 2 is there twice."],
  [{ model: [] }, "Give a data model: an object."],
  [{ model: { ...toyModel("Books"), entities: [] } }, "entities: Keep at least one list."],
  [{ model: { x: "x".repeat(70_000) } }, "The data model is too large: 64 KiB at most."],
])("the value %j is refused, and named", async (given, says) => {
  const starter = await toy()
  const [name] = Object.keys(given)
  try {
    filesOf(starter, given)
    expect.unreachable()
  } catch (error) {
    if (!isFault(error, "invalid")) throw error
    expect(error.fields).toEqual({ [`/starter/parameters/${name}`]: says })
    expect(error.say).toContain(says)
  }
})

test("an unknown parameter is refused with those there are, and all that is wrong is said at once", async () => {
  const starter = await toy()
  expect(() => filesOf(starter, { sise: 3, size: 99 })).toThrow(
    /sise: There is no such parameter; there is title, about, .*size: Use 9 or less\./,
  )
})

test("a file that says something wrong is refused with all of it, and its place", async () => {
  using toys = toyFolder({
    ...{ stack: "rust", mood: "good" },
    parameters: [{ ...toyStarter.parameters[2], default: 12 }],
  })
  const reading = readStarters(toys.folder)
  await expect(reading).rejects.toThrow(/toy\/starter\.json is wrong/)
  await expect(reading).rejects.toThrow(/at stack/)
  await expect(reading).rejects.toThrow(/mood/)
  await expect(reading).rejects.toThrow(/at parameters\[0\]\.default/)
})

test("an id that is not its folder's name is refused", async () => {
  using toys = toyFolder({ id: "other" })
  await expect(readStarters(toys.folder)).rejects.toThrow("its id is not its folder's name, toy")
})

test("what tools leave beside an app is no part of it, and pictures are read where there are some", async () => {
  using toys = toyFolder()
  toys.write("toy/files/node_modules/left/index.js", "")
  toys.write("toy/files/public/a/b.css", "")
  toys.write("toy/picture-dark.webp", "dark")
  const [starter] = await readStarters(toys.folder)
  expect(starter?.files.map(({ path }) => path)).toContain("public/a/b.css")
  expect(starter?.files.some(({ path }) => path.startsWith("node_modules"))).toBe(false)
  expect(starter?.pictures).toEqual({ light: undefined, dark: Buffer.from("dark") })
})

test("an app has the files of its starter's parts beside its own, in order, and says nothing of parts", async () => {
  using toys = toyFolder({ parts: ["owner", "web"] })
  toys.write("parts/owner/owner.js", "owner")
  toys.write("parts/web/web/http.js", "http")
  toys.write("parts/unused/unused.js", "")
  const starters = await readStarters(toys.folder)
  expect(starters.map(({ id }) => id)).toEqual(["toy"])
  expect(starters[0]).not.toHaveProperty("parts")
  expect(starters[0]?.files.map(({ path, content }) => `${path}: ${content}`)).toEqual([
    ...["owner.js: owner", `package.json: {"scripts":{"start":"node server.js"}}`],
    ...["server.js: ", "settings.json: {}", "web/http.js: http"],
  ])
})

test.each([
  [["web", "fonts"], /toy\/starter\.json: there is no part fonts; there is owner, web$/],
  [["web", "web"], /toy\/starter\.json is wrong:[\s\S]*web twice[\s\S]*at parts/],
  [["../toy"], /there is no part \.\.\/toy/],
])("parts %j are refused", async (parts, says) => {
  using toys = toyFolder({ parts })
  toys.write("parts/owner/owner.js", "")
  toys.write("parts/web/web/http.js", "")
  await expect(readStarters(toys.folder)).rejects.toThrow(says)
})

test("a path that is in a part and in the starter, or in two parts, is refused", async () => {
  using toys = toyFolder({ parts: ["one", "other"] })
  toys.write("parts/one/web/http.js", "")
  toys.write("parts/other/web/http.js", "")
  const reading = () => readStarters(toys.folder)
  await expect(reading()).rejects.toThrow(
    /starter\.json: web\/http\.js is in the part one and in the part other; keep it once/,
  )
  toys.write("toy/files/web/http.js", "")
  await expect(reading()).rejects.toThrow(/web\/http\.js is in its own files and in the part one/)
})

test("each part is a part of two of the platform's starters at least", () => {
  const folder = resolve(import.meta.dirname, "../../../starters")
  const files = globSync("*/starter.json", { cwd: folder })
  const used = files.flatMap(
    (file) => JSON.parse(readFileSync(join(folder, file), "utf8")).parts ?? [],
  )
  for (const part of readdirSync(join(folder, "parts")))
    expect(used.filter((name) => name === part).length, part).toBeGreaterThan(1)
})
