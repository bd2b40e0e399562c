"use client"
import { useMutation, useQuery } from "@tanstack/react-query"
import type { Project } from "@vibecaas/contract/kinds/projects"
import { money } from "@vibecaas/contract/money"
import type { ProjectBudget } from "@vibecaas/contract/project-budget"
import { Form } from "../form/form.tsx"
import { schemaOf } from "../form/schema-of.ts"
import { useForm } from "../form/use-form.ts"
import { useSession } from "../shell/session.tsx"
import { Button } from "../ui/button.tsx"
import { TextField } from "../ui/field.tsx"
import { Panel } from "../ui/panel.tsx"
import { ReadBody } from "../ui/read-body.tsx"
import { SkeletonLines } from "../ui/skeleton.tsx"
import { budgetOf, changeBudget } from "./queries.ts"

/** What the project's runs may use in a month, beside what they used in this one. */
export function BudgetPanel({ project }: { project: Project }) {
  const budget = useQuery(budgetOf(project.id))
  return (
    <Panel title="Budget of a month">
      <ReadBody
        of={budget}
        failed="The budget could not be read"
        skeleton={<SkeletonLines what="budget" />}
      >
        {(read) => <Budget project={project} budget={read} />}
      </ReadBody>
    </Panel>
  )
}

const parts = ["dollarsMax", "tokensMax", "minutesMax"] as const
type Typed = Record<(typeof parts)[number], string>

const textOf = (value: number | null) => (value === null ? "" : String(value))
const numberIn = (text: string) => (text.trim() ? Number(text.trim().replaceAll(",", "")) : null)
const isNumber = (text: string) => Number.isFinite(numberIn(text) ?? 0)

function bodyOf(typed: Typed) {
  const dollars = numberIn(typed.dollarsMax)
  return {
    centsMax: dollars === null ? null : Math.round(dollars * 100),
    tokensMax: numberIn(typed.tokensMax),
    minutesMax: numberIn(typed.minutesMax),
  }
}

function Budget({ project, budget }: { project: Project; budget: ProjectBudget }) {
  const { offUnless } = useSession()
  const save = useMutation(changeBudget)
  const { used, version, centsMax } = budget
  const form = useForm({
    values: {
      dollarsMax: textOf(centsMax === null ? null : centsMax / 100),
      tokensMax: textOf(budget.tokensMax),
      minutesMax: textOf(budget.minutesMax),
    },
    body: bodyOf,
    fieldFor: { centsMax: "dollarsMax" },
    schema: () => schemaOf("PATCH /projects/{projectId}/budget"),
    send: (_, typed: Typed) =>
      save.mutateAsync({
        params: { projectId: project.id },
        body: bodyOf(typed),
        ifMatch: version,
      }),
    done: () => form.state.reset(form.state.getValues(), { keepDirtyValues: false }),
    say: ({ status }) =>
      status === 412
        ? "Somebody changed the budget meanwhile. Look at it and try again."
        : undefined,
    // What is no number would be sent as none.
    check: (typed) =>
      Object.fromEntries(
        parts.map((part) => [part, isNumber(typed[part]) ? undefined : "Use a number."]),
      ),
  })
  const off =
    offUnless("run:govern", "change the budget") ??
    (project.state === "deleting" ? "The project is being deleted." : undefined)
  const number = {
    className: "tabular-nums",
    inputMode: "decimal",
    autoComplete: "off",
    placeholder: "No limit",
    readOnly: off !== undefined,
  } as const
  const unchanged = form.state.formState.isDirty ? undefined : "Nothing was changed."
  return (
    <div className="p-4">
      <Form form={form} label="Budget of a month">
        <p className="text-12 text-fg-3">
          For all runs of the project together. It begins anew on the first of each month (UTC).
        </p>
        <div className="grid grid-cols-3 gap-4 max-md:grid-cols-1">
          <TextField
            {...number}
            label="US dollars"
            help={`${money(used.cents)} used this month`}
            {...form.text("dollarsMax")}
          />
          <TextField
            {...number}
            label="Tokens"
            help={`${used.tokens.toLocaleString("en")} used this month`}
            {...form.text("tokensMax")}
          />
          <TextField
            {...number}
            label="Minutes of work"
            help={`${minutesInWords(used.minutes)} used this month`}
            {...form.text("minutesMax")}
          />
        </div>
        <div>
          <Button type="submit" off={off ?? unchanged} busy={form.pending ? "Saving" : undefined}>
            Save budget
          </Button>
        </div>
      </Form>
    </div>
  )
}

const minutesInWords = (minutes: number) =>
  minutes.toLocaleString("en", { maximumFractionDigits: minutes < 10 ? 1 : 0 })
