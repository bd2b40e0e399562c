import { readdirSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { extendTailwindMerge } from "tailwind-merge"
import { expect, test } from "vitest"
import { cn } from "./cn.ts"

const merge = extendTailwindMerge({
  extend: {
    theme: {
      text: ["11", "12", "13", "14", "16", "20", "28"],
      radius: ["1", "2", "3", "4"],
      shadow: ["1", "2", "3"],
    },
  },
})

const root = join(import.meta.dirname, "..")

/** All that may be a class in the dashboard's sources. */
function wordsInUse(): Set<string> {
  const files = readdirSync(root, { recursive: true, encoding: "utf8" })
  const sources = files.filter((file) => /\.tsx?$/.test(file) && !/\.test\.|ui\/cn\./.test(file))
  const texts = sources.flatMap(
    (file) => readFileSync(join(root, file), "utf8").match(/"[^"\n]*"|`[^`]*`/g) ?? [],
  )
  const words = texts.flatMap((text) => text.slice(1, -1).split(/\s+/))
  return new Set(words.filter((word) => /^[a-z@[*!-][^$'"{}]*$/.test(word)))
}

/** One class of Tailwind for each form in use: what differs in numbers alone is as good as the same. */
function classesInUse(): string[] {
  // It is one when of two the same only one stays.
  const classes = [...wordsInUse()].filter((word) => merge(`${word} ${word}`) === word)
  const byForm = new Map(classes.map((word) => [word.replaceAll(/\d[\d./]*/g, "#"), word]))
  return [...byForm.values(), "text-13", "text-[10px]", "border-2"]
}

test("of any two classes in use the same stay as with a merger that knows all of Tailwind", () => {
  const classes = classesInUse()
  expect(classes.length).toBeGreaterThan(300)
  const when = (name: string) => name.slice(0, name.lastIndexOf(":") + 1)
  const pairs = classes.flatMap((first) =>
    classes.filter((second) => when(first) === when(second)).map((second) => `${first} ${second}`),
  )
  expect(pairs.filter((both) => cn(both) !== merge(both))).toEqual([])
})

test("what is false or missing is left out, and what it does not know stays", () => {
  expect(cn("st", false, undefined, "st-bad")).toBe("st st-bad")
  expect(cn("h-8 px-3", "max-md:h-9", "h-10 p-0")).toBe("max-md:h-9 h-10 p-0")
})
