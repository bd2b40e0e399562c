import { resolve } from "node:path"
import { expect, test } from "vitest"
import { readStarters } from "../read-starters.ts"
import { makeCatalogue } from "./catalogue.ts"
import { propose } from "./propose.ts"

const folder = resolve(import.meta.dirname, "../../../../starters")
const starters = await readStarters(folder)
const catalogue = makeCatalogue(starters)
const firstOf = (prompt: string) => {
  const proposed = propose(catalogue, prompt)
  return proposed.outcome === "choices" ? proposed.starters[0] : undefined
}

test.each([
  ["a React app with Tailwind for the tasks of our team", "react-vite"],
  ["a task manager built with Vite and TypeScript", "react-vite"],
  ["eine React-App für unsere Aufgaben", "react-vite"],
  ["une application React avec Tailwind pour nos tâches", "react-vite"],
  ["una aplicación de tareas con React y Vite", "react-vite"],
  ["a team wiki in Next.js", "next-app"],
  ["ein Wiki in Next.js", "next-app"],
  ["un wiki d'équipe en Next.js", "next-app"],
  ["un wiki de equipo en Next.js", "next-app"],
  ["a service in Go that tracks who borrowed our tools", "go-service"],
  ["REST API in Golang for lending equipment", "go-service"],
  ["ein Dienst in Go für unseren Geräteverleih", "go-service"],
  ["un service en Go pour le prêt de matériel", "go-service"],
  ["un servicio en Go para el préstamo de equipos", "go-service"],
])("“%s” names its stack, and is clearly %s", (prompt, id) => {
  const proposed = propose(catalogue, prompt)
  expect(proposed).toMatchObject({ outcome: "choices", clear: true })
  expect(firstOf(prompt)).toBe(id)
})

test.each(["a todo list", "to do list for my family", "Aufgabenliste"])(
  "“%s” names no stack, and begins with what needs no packages",
  (prompt) => {
    const id = firstOf(prompt)
    expect(starters.find((each) => each.id === id)?.stack).toBe("node")
  },
)

/** The packages of a starter come from the public registry, each with the hash of its bytes. */
test.each(starters.filter(({ files }) => files.some(({ path }) => path === "package-lock.json")))(
  "the lock file of $id says where each package is, and its hash",
  ({ id }) => {
    const lock = starters
      .find((each) => each.id === id)
      ?.files.find(({ path }) => path === "package-lock.json")
    const { packages } = JSON.parse(String(lock?.content)) as {
      packages: Record<string, { resolved?: string; integrity?: string; inBundle?: boolean }>
    }
    const lacking = Object.entries(packages).filter(
      ([path, { resolved, integrity, inBundle }]) =>
        path !== "" &&
        !inBundle &&
        !(integrity && resolved?.startsWith("https://registry.npmjs.org/")),
    )
    expect(lacking).toEqual([])
  },
)
