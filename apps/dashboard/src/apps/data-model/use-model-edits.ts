"use client"
import type { DataModel } from "@vibecaas/contract/data-model"
import { settleChange } from "@vibecaas/contract/data-model-change"
import { problemsOf } from "@vibecaas/contract/data-model-rules"
import { useMemo, useState } from "react"
import type { Faults } from "../../form/faults.ts"

const undoMax = 100

/** Changes a copy of the model; `part` names what is typed in, so that one undo takes back all of it. */
export type Edit = (recipe: (model: DataModel) => void, part?: string) => void

/** What is changed: a model, and how many records its lists have where somebody counted. */
export interface ModelBase {
  model: DataModel
  records: Record<string, number> | null
}

interface History {
  now: DataModel
  before: DataModel[]
  /** what the last edit was of */
  part: string | undefined
}

/** A model being changed: undone step by step, judged while it is typed. */
export function useModelEdits<Base extends ModelBase>(base: Base, first = base.model) {
  const [history, setHistory] = useState<History>(() => fresh(first))
  const { now } = history
  const { changes, faults } = useMemo(() => judged(base.model, now), [base, now])
  const edit: Edit = (recipe, part) => setHistory((old) => edited(old, recipe, part))
  return {
    ...{ base, model: now, changes, faults, edit },
    canUndo: history.before.length > 0,
    undo: () => setHistory(undone),
    restart: (model: DataModel) => setHistory(fresh(model)),
  }
}

/** What the parts of a model's form are drawn from. */
export type ModelEdits = Pick<
  ReturnType<typeof useModelEdits>,
  "base" | "model" | "faults" | "edit"
>

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
