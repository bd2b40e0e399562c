"use client"
import { useMutation } from "@tanstack/react-query"
import type { ProjectDataModel } from "@vibecaas/contract/app-data-model"
import type { DataModel } from "@vibecaas/contract/data-model"
import { settleChange } from "@vibecaas/contract/data-model-change"
import { problemsOf } from "@vibecaas/contract/data-model-rules"
import type { Project } from "@vibecaas/contract/kinds/projects"
import { useMemo, useState } from "react"
import { act } from "../../api/act.ts"
import { problemOf } from "../../api/problem.ts"
import { type Faults, faultsIn, faultsOf } from "../../form/faults.ts"
import { schemaOf } from "../../form/schema-of.ts"
import { useUnsaved } from "../../form/use-unsaved.ts"

const change = "PUT /projects/{projectId}/data-model"
const saveModel = act(change, {
  renews: ({ params: { projectId } }) => [
    ["GET /projects/{projectId}/*", { projectId }],
    "GET /projects/{projectId}/apps",
  ],
})
const undoMax = 100

/** Changes a copy of the model; `part` names what is typed in, so that one undo takes back all of it. */
export type Edit = (recipe: (model: DataModel) => void, part?: string) => void

interface History {
  now: DataModel
  before: DataModel[]
  /** what the last edit was of */
  part: string | undefined
}

/** A model being changed: undone before it is saved, judged while it is typed, saved in one commit. */
export function useModelEditor(projectId: Project["id"], first: ProjectDataModel) {
  // What somebody else saves meanwhile does not take away what was typed: saving is refused then.
  const [base, setBase] = useState(first)
  const [history, setHistory] = useState<History>(() => fresh(first.model))
  const [said, setSaid] = useState<Faults>({})
  const save = useMutation(saveModel)
  const { now } = history
  const { changes, faults } = useMemo(() => judged(base.model, now), [base, now])
  const changed = JSON.stringify(base.model) !== JSON.stringify(now)
  useUnsaved(changed && !save.isPending)

  const edit: Edit = (recipe, part) => {
    setSaid({})
    setHistory((old) => edited(old, recipe, part))
  }
  const undo = () => {
    setSaid({})
    setHistory(undone)
  }
  const start = (from: ProjectDataModel, model = from.model) => {
    setSaid({})
    setBase(from)
    setHistory(fresh(model))
  }
  const submit = async () => {
    if (!changed || save.isPending) return
    const body = { model: now }
    const schema = await schemaOf(change).catch(() => undefined)
    const wrong = { ...faults, ...(schema ? faultsOf(schema, body, placeIn) : {}) }
    setSaid(wrong)
    if (Object.keys(wrong).length > 0) return
    save.mutate(
      { params: { projectId }, body, ifMatch: base.commit },
      {
        onSuccess: (reply) => start({ ...reply, records: base.records }),
        onError: (error) => setSaid(faultsIn(problemOf(error), placeIn)),
      },
    )
  }
  return {
    ...{ base, model: now, changes, changed, edit, undo, start, submit, save },
    canUndo: history.before.length > 0,
    faults: { ...faults, ...said },
  }
}

export type ModelEditor = ReturnType<typeof useModelEditor>

/** Where in the model a sentence belongs: `entities/0/fields/2/label`. */
const placeIn = (path: string) => path.replace(/^model\//, "")

function judged(before: DataModel, now: DataModel) {
  const own = problemsOf(now)
  const settled = settleChange(before, now)
  const faults: Faults = {}
  for (const { path, message } of [...own, ...settled.problems]) faults[path.join("/")] ??= message
  return { changes: settled.changes, faults }
}

const fresh = (now: DataModel): History => ({ now, before: [], part: undefined })

function edited(
  old: History,
  recipe: (model: DataModel) => void,
  part: string | undefined,
): History {
  const now = structuredClone(old.now)
  recipe(now)
  const goesOn = part !== undefined && part === old.part
  const before = goesOn ? old.before : [...old.before, old.now].slice(-undoMax)
  return { now, before, part }
}

function undone({ before, now }: History): History {
  const last = before.at(-1)
  return last ? { now: last, before: before.slice(0, -1), part: undefined } : fresh(now)
}
