"use client"
import { useMutation } from "@tanstack/react-query"
import type { ModelProviderStatus, ModelTrial } from "@vibecaas/contract/kinds/models"
import { Form } from "../form/form.tsx"
import { schemaOf } from "../form/schema-of.ts"
import { useForm } from "../form/use-form.ts"
import { Button } from "../ui/button.tsx"
import { Dialog, DialogButtons } from "../ui/dialog.tsx"
import { TextField } from "../ui/field.tsx"
import { duration } from "../ui/format.ts"
import { State } from "../ui/state.tsx"
import type { ProviderDialogProps } from "./provider-dialog.tsx"
import { testProvider } from "./queries.ts"
import { Suggestions } from "./suggestions.tsx"

/** Asks a provider for one short answer, and shows what came. */
export function TestDialog({ provider, open, onClose }: ProviderDialogProps) {
  return (
    <Dialog open={open} onClose={onClose} title={`Test ${provider?.maker}`}>
      {provider && open ? <TestForm provider={provider} onClose={onClose} /> : null}
    </Dialog>
  )
}

interface TestFormProps {
  provider: ModelProviderStatus
  onClose(): void
}

function TestForm({ provider: { name, models }, onClose }: TestFormProps) {
  const test = useMutation(testProvider)
  const bodyOf = ({ model }: { model: string }) => (model.trim() ? { model: model.trim() } : {})
  const form = useForm({
    values: { model: "" },
    body: bodyOf,
    schema: () => schemaOf("POST /models/providers/{provider}/test"),
    send: (_, typed) => test.mutateAsync({ params: { provider: name }, body: bodyOf(typed) }),
  })
  return (
    <Form form={form} label="Test">
      <p>One short answer is asked for. It costs next to nothing, and it is a real one.</p>
      <TextField
        label="Model"
        className="mono"
        autoComplete="off"
        spellCheck={false}
        help="Empty: a small one of theirs, or one that an agent asks."
        list="models-to-test"
        {...form.text("model")}
      />
      <Suggestions id="models-to-test" words={models} />
      <div role="status">{test.data && !form.pending ? <Trial trial={test.data} /> : null}</div>
      <DialogButtons onCancel={onClose}>
        <Button type="submit" kind="main" busy={form.pending ? "Asking" : undefined}>
          Ask
        </Button>
      </DialogButtons>
    </Form>
  )
}

function Trial({ trial: { ok, model, say, tookMs } }: { trial: ModelTrial }) {
  return (
    <div className="grid gap-1 text-13">
      <State
        look={ok ? { glyph: "done", word: "It works" } : { glyph: "bad", word: "It does not" }}
      />
      <p className="[overflow-wrap:anywhere]">{say}</p>
      <p className="text-12 text-fg-3">
        <span className="mono">{model}</span>
        {tookMs > 0 ? `, after ${duration(tookMs)}` : null}
      </p>
    </div>
  )
}
