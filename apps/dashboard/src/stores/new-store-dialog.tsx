"use client"
import { useMutation } from "@tanstack/react-query"
import { moneyOf } from "@vibecaas/contract/money"
import type { Store, StoreEngine } from "@vibecaas/contract/store"
import { Form } from "../form/form.tsx"
import { schemaOf } from "../form/schema-of.ts"
import { useForm } from "../form/use-form.ts"
import { useSession } from "../shell/session.tsx"
import { Button } from "../ui/button.tsx"
import { CopyText } from "../ui/copy-text.tsx"
import { Dialog, DialogButtons } from "../ui/dialog.tsx"
import { Field, TextField } from "../ui/field.tsx"
import { memory } from "../ui/format.ts"
import { Note } from "../ui/note.tsx"
import { ReadBody } from "../ui/read-body.tsx"
import { Select } from "../ui/select.tsx"
import { SkeletonLines } from "../ui/skeleton.tsx"
import { createStore, useEngines } from "./queries.ts"
import { bodyOfValues, firstValues, partsOf, ValueFields } from "./value-fields.tsx"

interface NewStoreProps {
  open: boolean
  onClose(): void
  onMade(store: Store): void
}

/** Asks for a name, an engine and a plan; the shop appears on the page that follows. */
export function NewStoreDialog({ open, onClose, onMade }: NewStoreProps) {
  const engines = useEngines()
  return (
    <Dialog open={open} onClose={onClose} title="New store" wide>
      {open ? (
        <ReadBody
          of={engines}
          failed="The engines could not be read"
          skeleton={<SkeletonLines what="engines" />}
        >
          {({ items }) => <NewStore engines={items} {...{ onClose, onMade }} />}
        </ReadBody>
      ) : null}
    </Dialog>
  )
}

interface Typed {
  name: string
  engine: string
  version: string
  plan: "basic" | "standard" | "premium"
  values: Record<string, string | boolean>
}

const runs = ({ installed, lacks }: StoreEngine["versions"][number]) => installed && lacks === null

function NewStore({
  engines,
  onClose,
  onMade,
}: Omit<NewStoreProps, "open"> & { engines: readonly StoreEngine[] }) {
  const { organization } = useSession()
  const create = useMutation(createStore)
  const first = engines.find(({ versions }) => versions.some(runs)) ?? engines[0]
  const firstVersion = (of: StoreEngine | undefined) => of?.versions.find(runs)?.version ?? ""
  const bodyOf = ({ name, engine, version, plan, values }: Typed) => ({
    ...{ name: name.trim(), engine, plan, organizationId: organization.id },
    ...(version ? { version } : {}),
    values: bodyOfValues(values),
  })
  const form = useForm<Typed, Store>({
    values: {
      ...{ name: "", engine: first?.name ?? "", version: firstVersion(first), plan: "basic" },
      values: firstValues(first),
    },
    body: bodyOf,
    schema: () => schemaOf("POST /stores"),
    send: (_, typed) => create.mutateAsync({ body: bodyOf(typed) }),
    done: onMade,
    ...{ guarded: true, leaves: true },
  })
  const { watch, setValue } = form.state
  const [name, version, plan, values] = [
    watch("engine"),
    watch("version"),
    watch("plan"),
    watch("values"),
  ]
  const engine = engines.find((each) => each.name === name)
  const set = <Name extends keyof Typed>(field: Name, value: Typed[Name]) =>
    setValue(field, value as never, { shouldDirty: true })
  const choose = (next: string) => {
    const chosen = engines.find((each) => each.name === next)
    set("engine", next)
    set("version", firstVersion(chosen))
    set("values", firstValues(chosen))
  }
  const canRun = engine?.versions.some(runs) ?? false
  return (
    <Form form={form} label="New store">
      <TextField
        label="Name"
        autoComplete="off"
        placeholder="Linden Street Books"
        help="Its address follows from it."
        {...form.text("name")}
      />
      <div className="grid grid-cols-2 gap-3 max-sm:grid-cols-1">
        <Field label="Engine" help={engine?.about} error={form.errorAt("engine")}>
          {(control) => (
            <Select
              {...control}
              value={name}
              options={engines.map((each) => ({ value: each.name, label: labelOf(each) }))}
              onChange={choose}
            />
          )}
        </Field>
        <Field label="Version" error={form.errorAt("version")}>
          {(control) => (
            <Select
              {...control}
              value={version}
              off={canRun ? undefined : "None is installed here."}
              options={(engine?.versions ?? [])
                .filter(runs)
                .map((each) => ({ value: each.version, label: each.version }))}
              onChange={(next) => set("version", next)}
            />
          )}
        </Field>
      </div>
      {engine && !canRun ? <NotInstalled engine={engine} /> : null}
      {engine?.simulated ? (
        <Note title="A stand-in.">This engine is a small shop of ours for trying things out.</Note>
      ) : null}
      <Field label="Plan" help={planHelp(engine, plan)} error={form.errorAt("plan")}>
        {(control) => (
          <Select
            {...control}
            value={plan}
            options={(engine?.plans ?? []).map((each) => ({
              value: each.plan,
              label: `${each.plan}, ${moneyOf(each.price)} a month`,
            }))}
            onChange={(next) => set("plan", next)}
          />
        )}
      </Field>
      <ValueFields
        parts={partsOf(engine)}
        values={values}
        errorAt={(part) => form.errorAt(`values.${part}`)}
        onChange={(next) => set("values", next)}
      />
      <DialogButtons onCancel={onClose}>
        <Button
          type="submit"
          kind="main"
          off={canRun ? undefined : "Choose an engine that is installed."}
          busy={form.pending ? "Creating store" : undefined}
        >
          Create store
        </Button>
      </DialogButtons>
    </Form>
  )
}

const labelOf = ({ title, versions }: StoreEngine) =>
  versions.some(runs) ? title : `${title}, not installed`

function planHelp(engine: StoreEngine | undefined, plan: string): string | undefined {
  const found = engine?.plans.find((each) => each.plan === plan)
  return (
    found && `${memory(found.memoryMib)} memory, ${found.cpus} CPU, ${memory(found.diskMib)} disk`
  )
}

/** What whoever runs the installation types, so that the engine is there. */
function NotInstalled({ engine }: { engine: StoreEngine }) {
  const [newest] = engine.versions
  if (!newest) return null
  return (
    <div className="grid gap-2">
      <Note tone="warn" title={`${engine.title} cannot run here yet.`}>
        {newest.lacks ?? "An administrator of this installation runs this command once."}
      </Note>
      {newest.command ? <CopyText label="Command" text={newest.command} wraps /> : null}
    </div>
  )
}
