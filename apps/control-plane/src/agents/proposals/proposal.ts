import { isDeepStrictEqual } from "node:util"
import { type Proposal, type ProposalChoice, proposalAllows } from "@vibecaas/contract/proposal"
import type { StarterLanguage } from "@vibecaas/contract/starter-form"
import { fault } from "@vibecaas/kernel/fault"
import { stillFitting, valuesOf } from "@vibecaas/starters/files-of"
import type { Became } from "@vibecaas/starters/match/account"
import {
  type Fitting,
  fit,
  modelIn,
  whyNotBuilt,
  whyNotInModel,
  whyOtherValue,
} from "@vibecaas/starters/match/fit"
import { holdsIn } from "@vibecaas/starters/match/model/model-of"
import type { Starter } from "@vibecaas/starters/starter"
import type { Signal } from "../../core/signals.ts"
import type { ProposedAccount, proposals } from "../../db/tables/proposals.ts"
import { pictureVersion, showChoices } from "../../starters/index.ts"
import type { StarterShelf } from "./starter-shelf.ts"

/**
 * A proposal is what starters can make of a prompt where no language model plans: every clause of it
 * is built by something that a starter has, or not built, and a person decides.
 */
export type ProposalRow = typeof proposals.$inferSelect

/** @throws Fault `wrong_state` */
export function mustAllow({ state }: ProposalRow, action: keyof typeof proposalAllows): void {
  const states: readonly string[] = proposalAllows[action]
  if (states.includes(state)) return
  const what = action === "confirm" ? "confirmed" : "declined"
  throw fault("wrong_state", { say: `A proposal that is ${state} cannot be ${what}.` })
}

/** @throws Fault `not_found` */
export function known(row: ProposalRow | undefined): ProposalRow {
  if (row) return row
  throw fault("not_found", { say: "There is no such proposal." })
}

/** What a project is told of its newest proposal. A run that follows speaks for itself. */
export function signalOf({ goal, state, reason }: ProposalRow): Signal {
  const said = { child: "runs", about: goal, isNews: true }
  if (state === "waiting") return { ...said, phase: "asking", detail: "a proposal to confirm" }
  const detail = reason === null ? "the proposal was declined" : "the last request was declined"
  return { ...said, phase: "none", detail }
}

type Asked = Pick<ProposalRow, "goal" | "language" | "before" | "chosen">

/** What one starter makes of the prompt, in words. */
export function choiceOf(starter: Starter, asked: Asked): ProposalChoice {
  const { goal, language, before, chosen } = asked
  const now = before?.id === starter.id ? stillFitting(starter, before.parameters) : undefined
  const confirmed = chosen?.id === starter.id ? stillFitting(starter, chosen.parameters) : undefined
  const read = fit(goal, starter, { language, now, chosen: confirmed })
  const { parameters, clauses, filler, unsure } = read
  const values = valuesOf(starter, { ...now, ...parameters, ...confirmed })
  const model = modelIn(starter, values)
  const holds = ({ id, part }: ByParameter) =>
    part ? model !== undefined && holdsIn(part, model) : sameValue(values[id], parameters[id])
  return {
    starterId: starter.id,
    picture: pictureVersion(starter),
    name: starter.name[language],
    summary: starter.summary[language],
    parameters: showChoices(starter).parameters,
    values,
    read: Object.keys(parameters),
    unsure,
    clauses: clauses.map((clause) => sayClause(clause, { starter, language, holds })),
    filler,
  }
}

/** Whether two values are written alike: the order of an object's fields is nothing of it. */
export const sameValue = (one: unknown, other: unknown): boolean =>
  isDeepStrictEqual(asWritten(one), asWritten(other))

const asWritten = (value: unknown): unknown => JSON.parse(JSON.stringify(value ?? null))

type ByParameter = Extract<Became, { kind: "parameter" }>

interface Choosing {
  starter: Starter
  language: StarterLanguage
  /** whether the values have what the prompt says of a parameter */
  holds: (said: ByParameter) => boolean
}

function sayClause({ words, by, lacks }: Fitting["clauses"][number], choosing: Choosing) {
  const { starter, language, holds } = choosing
  const says = (each: Became) => sayBecame(starter, each, language)
  const other = by.find((each) => each.kind === "parameter" && !holds(each))
  const does = by.filter((each) => each.kind !== "parameter" || holds(each))
  if (does.length > 0) return { words, built: true, by: does.map(says), why: null }
  if (lacks) return { words, built: false, by: [], why: whyNotInModel(language) }
  const why = other ? whyOtherValue(says(other).says, language) : whyNotBuilt(starter, language)
  return { words, built: false, by: [], why }
}

function sayBecame(starter: Starter, became: Became, language: StarterLanguage) {
  if (became.kind === "starter") {
    return { kind: became.kind, id: starter.id, says: starter.name[language] }
  }
  const { kind, id } = became
  const said =
    kind === "include"
      ? starter.includes.find((each) => each.id === id)?.says
      : starter.parameters.find(({ name }) => name === id)?.label
  return { kind, id, says: said?.[language] ?? id }
}

/** What a run is told of its prompt: each clause as the person saw it when they confirmed. */
export function accountOf({ clauses, filler }: ProposalChoice): ProposedAccount {
  return {
    clauses: clauses.map(({ words, why }) => (why === null ? { words } : { words, notBuilt: why })),
    filler,
  }
}

/** A row among others: what its starters make of it only while somebody can decide on it. */
export const listProposal = (shelf: StarterShelf, row: ProposalRow): Proposal =>
  row.state === "waiting" ? showProposal(shelf, row) : showProposal(noShelf, row)

const noShelf: Pick<StarterShelf, "starter"> = { starter: () => undefined }

/** How a row is shown by the API. */
export function showProposal(shelf: Pick<StarterShelf, "starter">, row: ProposalRow): Proposal {
  const { id, organizationId, projectId, goal, language, state, reason, clear } = row
  const ids =
    row.chosen && !row.starters.includes(row.chosen.id)
      ? [row.chosen.id, ...row.starters]
      : row.starters
  return {
    ...{ id, organizationId, projectId, goal, language, state, reason, clear },
    choices: ids.flatMap((each) => {
      const starter = shelf.starter(each)
      return starter ? [choiceOf(starter, row)] : []
    }),
    ...{ before: row.before, chosen: row.chosen, runId: row.runId },
    startedBy: row.startedByName,
    createdAt: row.createdAt.toISOString(),
    endedAt: row.endedAt?.toISOString() ?? null,
  }
}
