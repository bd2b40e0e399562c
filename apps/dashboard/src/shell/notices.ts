import type { Project, ProjectState } from "@vibecaas/contract/kinds/projects"
import { projectLooks } from "../projects/project-looks.ts"
import type { StateLook } from "../ui/state.tsx"

/** That agents ended, or ask something: what somebody who looked elsewhere wants to know. */
export interface Notice {
  id: number
  projectId: Project["id"]
  /** e.g. "Reading list: Running" */
  title: string
  look: StateLook
  /** when it was heard, in `ms` */
  at: number
}

/** notices that are kept; older ones are in the lists of runs */
const keptMax = 10

const atWork: readonly ProjectState[] = ["working", "asking"]

/** Whether a change of a project's state is worth a notice: agents ended, or wait for an answer. */
export function isNews(before: ProjectState | undefined, after: ProjectState): boolean {
  if (after === "asking") return before === "working"
  // An app that starts is on its way still.
  return before !== undefined && atWork.includes(before) && !["working", "starting"].includes(after)
}

/** A change of a project's state. */
export interface Heard {
  projectId: Project["id"]
  name: string
  before: ProjectState | undefined
  after: ProjectState
  at: number
}

export const titleOf = ({ name, after }: Heard) => `${name}: ${projectLooks[after].word}`

/** The notices with one more, newest first; a project's newer one takes the place of its older one. */
export function withNotice(notices: readonly Notice[], heard: Heard): readonly Notice[] {
  const { projectId, before, after, at } = heard
  if (!isNews(before, after)) return notices
  const id = (notices[0]?.id ?? 0) + 1
  const notice = { id, projectId, title: titleOf(heard), look: projectLooks[after], at }
  const others = notices.filter((each) => each.projectId !== projectId)
  return [notice, ...others].slice(0, keptMax)
}
