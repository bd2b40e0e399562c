"use client"
import { useMutation } from "@tanstack/react-query"
import type { ProjectDataModel } from "@vibecaas/contract/app-data-model"
import type { Project } from "@vibecaas/contract/kinds/projects"
import { useState } from "react"
import { act } from "../../api/act.ts"
import { problemOf } from "../../api/problem.ts"
import { type Faults, faultsIn, faultsOf } from "../../form/faults.ts"
import { schemaOf } from "../../form/schema-of.ts"
import { useUnsaved } from "../../form/use-unsaved.ts"
import { type Edit, useModelEdits } from "./use-model-edits.ts"

const change = "PUT /projects/{projectId}/data-model"
const saveModel = act(change, {
  renews: ({ params: { projectId } }) => [
    ["GET /projects/{projectId}/*", { projectId }],
    "GET /projects/{projectId}/apps",
  ],
})

/** A model being changed, and saved in one commit. */
export function useModelEditor(projectId: Project["id"], first: ProjectDataModel) {
  // What somebody else saves meanwhile does not take away what was typed: saving is refused then.
  const [base, setBase] = useState(first)
  const edits = useModelEdits(base)
  const [said, setSaid] = useState<Faults>({})
  const save = useMutation(saveModel)
  const { model: now, faults } = edits
  const changed = JSON.stringify(base.model) !== JSON.stringify(now)
  useUnsaved(changed && !save.isPending)

  const edit: Edit = (recipe, part) => {
    setSaid({})
    edits.edit(recipe, part)
  }
  const undo = () => {
    setSaid({})
    edits.undo()
  }
  const start = (from: ProjectDataModel, model = from.model) => {
    setSaid({})
    setBase(from)
    edits.restart(model)
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
    ...{ ...edits, base, changed, edit, undo, start, submit, save },
    faults: { ...faults, ...said },
  }
}

export type ModelEditor = ReturnType<typeof useModelEditor>

/** Where in the model a sentence belongs: `entities/0/fields/2/label`. */
const placeIn = (path: string) => path.replace(/^model\//, "")
