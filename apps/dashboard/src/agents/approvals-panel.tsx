"use client"
import { useMutation, useQuery } from "@tanstack/react-query"
import type { ApprovalRules } from "@vibecaas/contract/inquiry"
import type { Project } from "@vibecaas/contract/kinds/projects"
import { problemOf } from "../api/problem.ts"
import { useSession } from "../shell/session.tsx"
import { Note } from "../ui/note.tsx"
import { Panel } from "../ui/panel.tsx"
import { ReadBody } from "../ui/read-body.tsx"
import { Segmented } from "../ui/segmented.tsx"
import { SkeletonLines } from "../ui/skeleton.tsx"
import { changeRules, rulesOf } from "./queries.ts"

const words = { allow: "Allow", ask: "Ask", refuse: "Refuse" } as const
type Decision = keyof typeof words

/** Each thing that may be left to a person, with what can be decided of it. */
const risks = [
  {
    name: "deleteFiles",
    label: "Delete many files",
    help: "Each time a run deletes ten more of the files that it found.",
    decisions: ["allow", "ask", "refuse"],
  },
  {
    name: "goLive",
    label: "Go live",
    help: "What a run built and tested takes the place of the app that people use, on their data.",
    decisions: ["allow", "ask"],
  },
] as const satisfies readonly {
  name: keyof Omit<ApprovalRules, "version">
  label: string
  help: string
  decisions: readonly Decision[]
}[]

/** What agents do by themselves in the project, and what a person decides first. */
export function ApprovalsPanel({ project }: { project: Project }) {
  const rules = useQuery(rulesOf(project.id))
  return (
    <Panel title="Approvals">
      <ReadBody
        of={rules}
        failed="The rules could not be read"
        skeleton={<SkeletonLines what="rules" />}
      >
        {(read) => <Rules project={project} rules={read} />}
      </ReadBody>
    </Panel>
  )
}

function Rules({ project, rules }: { project: Project; rules: ApprovalRules }) {
  const off = useSession().offUnless("run:govern", "change what agents may do")
  const change = useMutation(changeRules)
  const shown = { ...rules, ...(change.isPending ? change.variables.body : {}) }
  return (
    <div className="grid gap-4 p-4">
      <p className="max-w-[60ch] text-13 text-fg-2">
        What agents do by themselves. Where they ask, the run waits until somebody has decided.
      </p>
      {risks.map(({ name, label, help, decisions }) => (
        <div key={name} className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
          <div className="min-w-0 flex-[1_1_260px] text-13">
            <p className="font-medium">{label}</p>
            <p className="text-12 text-fg-3">{help}</p>
          </div>
          {off ? (
            <span className="text-13 text-fg-2">{words[shown[name] ?? "ask"]}</span>
          ) : (
            <Segmented<Decision>
              label={label}
              value={shown[name] ?? "ask"}
              segments={decisions.map((value) => ({ value, label: words[value] }))}
              onChange={(decision) =>
                change.mutate({
                  params: { projectId: project.id },
                  body: { [name]: decision },
                  ifMatch: rules.version,
                })
              }
            />
          )}
        </div>
      ))}
      {off ? <p className="text-12 text-fg-3">{off}</p> : null}
      {change.error ? <Note tone="bad">{refusalOf(change.error)}</Note> : null}
    </div>
  )
}

function refusalOf(error: unknown): string {
  const { status, detail } = problemOf(error)
  return status === 412
    ? "Somebody changed the rules meanwhile. Look at them and try again."
    : detail
}
