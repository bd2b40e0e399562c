import type { Step } from "@vibecaas/contract/run-step"

/** A screenshot that a step took. */
export interface Picture {
  src: string
  width: number
  height: number
  /** what it shows, for who does not see it */
  alt: string
  /** of a narrow window */
  narrow: boolean
  /** the window it was taken of, e.g. "375 px, dark" */
  caption: string
}

/** The screenshots of a look, or of all looks of a check, in their order. */
export function picturesOf(step: Pick<Step, "runId" | "output">): Picture[] {
  const { looks } = fieldsOf(step.output)
  const all = Array.isArray(looks) ? looks : [step.output]
  return all.flatMap((look) => pictureOf(step.runId, fieldsOf(look)))
}

/** Why nobody could look at the page that a run left; undefined when somebody did, or nobody had to. */
export function whyNotSeen(step: Pick<Step, "ok" | "output">): string | undefined {
  const { passed, evidence } = fieldsOf(step.output)
  return !step.ok && passed === true && typeof evidence === "string" ? evidence : undefined
}

/** The newest step in which the platform itself looked at the page. */
export const newestLook = (steps: readonly Step[]): Step | undefined =>
  steps.findLast(({ kind, name }) => kind === "check" && name === "browser")

type Fields = Readonly<Record<string, unknown>>

const fieldsOf = (value: unknown): Fields =>
  typeof value === "object" && value !== null ? { ...value } : {}

function pictureOf(runId: string, look: Fields): Picture[] {
  const { name, width, height } = fieldsOf(look.picture)
  if (typeof name !== "string" || typeof width !== "number" || typeof height !== "number") return []
  const { path, title, scheme } = look
  const caption = `${width} px${scheme === "dark" ? ", dark" : ""}`
  const titled = typeof title === "string" && title !== "" ? `: ${title}` : ""
  return [
    {
      ...{ src: `/api/v1/agents/runs/${runId}/pictures/${name}`, width, height, caption },
      alt: `Screenshot of ${path}, ${caption}${titled}`,
      narrow: width < 600,
    },
  ]
}
