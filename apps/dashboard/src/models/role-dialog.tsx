"use client"
import { useMutation, useQuery } from "@tanstack/react-query"
import type { ModelRoleStatus, RoleSettings } from "@vibecaas/contract/kinds/models"
import { roleLooks } from "../agents/roles.ts"
import { read } from "../api/read.ts"
import { Form } from "../form/form.tsx"
import { schemaOf } from "../form/schema-of.ts"
import { useForm } from "../form/use-form.ts"
import { Button } from "../ui/button.tsx"
import { Dialog, DialogButtons } from "../ui/dialog.tsx"
import { TextField } from "../ui/field.tsx"
import { useToast } from "../ui/toast.tsx"
import { setRole } from "./queries.ts"
import { Suggestions } from "./suggestions.tsx"

interface RoleDialogProps {
  role: ModelRoleStatus
  open: boolean
  onClose(): void
}

/** What a role asks and may use; an empty field is as usual. */
export function RoleDialog({ role, open, onClose }: RoleDialogProps) {
  return (
    <Dialog
      open={open}
      onClose={onClose}
      title={`How the ${roleLooks[role.role].name.toLowerCase()} agent works`}
    >
      {open ? <RoleForm role={role} onClose={onClose} /> : null}
    </Dialog>
  )
}

type Numbers = Exclude<keyof RoleSettings, "models">
type Typed = Record<keyof RoleSettings, string>

const numbers: readonly Numbers[] = ["temperature", "outputTokensMax", "tokensMax", "centsMax"]
const textOf = (value: number | string | null) => (value === null ? "" : String(value))
const numberIn = (text: string) => (text.trim() ? Number(text.trim().replaceAll(",", "")) : null)
const isNumber = (text: string) => Number.isFinite(numberIn(text) ?? 0)

const bodyOf = (typed: Typed): RoleSettings => ({
  models: typed.models.trim() || null,
  temperature: numberIn(typed.temperature),
  outputTokensMax: numberIn(typed.outputTokensMax),
  tokensMax: numberIn(typed.tokensMax),
  centsMax: numberIn(typed.centsMax),
})

function RoleForm({ role: { role, set, usual }, onClose }: Omit<RoleDialogProps, "open">) {
  const say = useToast()
  const save = useMutation(setRole)
  const { name } = roleLooks[role]
  const values: Typed = {
    models: textOf(set.models),
    temperature: textOf(set.temperature),
    outputTokensMax: textOf(set.outputTokensMax),
    tokensMax: textOf(set.tokensMax),
    centsMax: textOf(set.centsMax),
  }
  const form = useForm({
    values,
    body: bodyOf,
    schema: () => schemaOf("PUT /models/roles/{role}"),
    send: (_, typed) => save.mutateAsync({ params: { role }, body: bodyOf(typed) }),
    done() {
      say({
        glyph: "done",
        title: `${name} is changed`,
        detail: "It counts from its next task on.",
      })
      onClose()
    },
    // What is no number would be sent as none.
    check: (typed) =>
      Object.fromEntries(
        numbers.map((part) => [part, isNumber(typed[part]) ? undefined : "Use a number."]),
      ),
    guarded: true,
  })
  const known = useModelsToAsk()
  const off = form.state.formState.isDirty ? undefined : "Nothing was changed."
  const number = { className: "tabular-nums", inputMode: "decimal", autoComplete: "off" } as const
  return (
    <Form form={form} label={`${name} agent`}>
      <TextField
        label="Models"
        className="mono"
        autoComplete="off"
        spellCheck={false}
        help={`provider:model; those that take over after commas. Empty: ${usual.models}`}
        list="models-to-ask"
        {...form.text("models")}
      />
      <Suggestions id="models-to-ask" words={known} />
      <div className="grid grid-cols-2 gap-4 max-md:grid-cols-1">
        <TextField
          {...number}
          label="Temperature"
          help="0 to 2. Empty: as each model has it"
          {...form.text("temperature")}
        />
        <TextField
          {...number}
          label="Tokens of an answer"
          help={`Empty: ${usual.outputTokensMax.toLocaleString("en")}`}
          {...form.text("outputTokensMax")}
        />
        <TextField
          {...number}
          label="Tokens of a task"
          help={`Empty: ${usual.tokensMax.toLocaleString("en")}`}
          {...form.text("tokensMax")}
        />
        <TextField
          {...number}
          label="US cents of a task"
          help="Empty: only its run limits it"
          {...form.text("centsMax")}
        />
      </div>
      <DialogButtons onCancel={onClose}>
        <Button type="submit" kind="main" off={off} busy={form.pending ? "Saving" : undefined}>
          Save
        </Button>
      </DialogButtons>
    </Form>
  )
}

/** Models of known price that can be asked, as a role's line names them. */
function useModelsToAsk(): string[] {
  const { data } = useQuery(read("GET /models/providers"))
  const reached = data?.items.filter(({ from, wrong }) => from !== null && !wrong) ?? []
  return [
    ...reached.flatMap(({ name, models }) => models.map((model) => `${name}:${model}`)),
    "offline",
  ]
}
