// Not through the kind's door: the supervisor reads settings, and should not load the whole kind.
import { type Budgets, defaultBudgets as usual } from "../agents/work/budget.ts"
import { whole } from "./whole-setting.ts"

/** What agents may use and how long they wait: a whole number each. */
export const budgetSettings = {
  VIBECAAS_RUN_TOKENS: whole("tokens, read and written, that one run may use", usual.run.tokensMax),
  VIBECAAS_RUN_CENTS: whole(
    "US cents, by list prices, that one run may cost; models of unknown price are not counted",
    usual.run.centsMax,
  ),
  VIBECAAS_RUN_MINUTES: whole(
    "minutes that all tasks of one run may work together, without waiting for a provider or a person",
    usual.run.minutesMax,
  ),
  VIBECAAS_RUN_QUESTIONS: whole(
    "questions that the agents of one run may ask people",
    usual.run.questionsMax,
  ),
  VIBECAAS_RUN_DRAFT_MINUTES: whole(
    "minutes that the draft machine of a run goes on while the run waits for a person; it is woken by the answer",
    usual.run.draftMinutesMax,
  ),
  VIBECAAS_TASK_TOKENS: whole("tokens of them that one task may use", usual.task.tokensMax),
  VIBECAAS_TASK_MINUTES: whole(
    "minutes that one task may work, without waiting for a provider",
    usual.task.minutesMax,
  ),
  VIBECAAS_MODEL_OUTPUT_TOKENS: whole(
    "tokens that one answer of a model may have",
    usual.call.outputTokensMax,
  ),
  VIBECAAS_MODEL_FIRST_SECONDS: whole(
    "seconds of silence before a model's answer begins",
    usual.call.firstMsMax / 1000,
  ),
  VIBECAAS_MODEL_IDLE_SECONDS: whole(
    "seconds of silence in the middle of an answer",
    usual.call.idleMsMax / 1000,
  ),
  VIBECAAS_MODEL_ANSWER_MINUTES: whole(
    "minutes that one answer may take in all",
    usual.call.modelMsMax / 60_000,
  ),
  VIBECAAS_MODEL_PATIENCE_MINUTES: whole(
    "minutes that a provider is waited for while it is away or busy",
    usual.call.patienceMsMax / 60_000,
  ),
}

/** The budgets that the settings make. */
export function budgetsOf(values: Record<keyof typeof budgetSettings, number>): Budgets {
  return {
    run: {
      tokensMax: values.VIBECAAS_RUN_TOKENS,
      centsMax: values.VIBECAAS_RUN_CENTS,
      minutesMax: values.VIBECAAS_RUN_MINUTES,
      questionsMax: values.VIBECAAS_RUN_QUESTIONS,
      draftMinutesMax: values.VIBECAAS_RUN_DRAFT_MINUTES,
    },
    task: {
      ...usual.task,
      tokensMax: values.VIBECAAS_TASK_TOKENS,
      minutesMax: values.VIBECAAS_TASK_MINUTES,
    },
    call: {
      ...usual.call,
      outputTokensMax: values.VIBECAAS_MODEL_OUTPUT_TOKENS,
      firstMsMax: values.VIBECAAS_MODEL_FIRST_SECONDS * 1000,
      idleMsMax: values.VIBECAAS_MODEL_IDLE_SECONDS * 1000,
      modelMsMax: values.VIBECAAS_MODEL_ANSWER_MINUTES * 60_000,
      patienceMsMax: values.VIBECAAS_MODEL_PATIENCE_MINUTES * 60_000,
    },
  }
}
