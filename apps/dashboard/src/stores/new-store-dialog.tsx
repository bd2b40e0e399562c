"use client"
import { useMutation } from "@tanstack/react-query"
import type { Store, StoreBackup, StoreEngine } from "@vibecaas/contract/store"
import { Form } from "../form/form.tsx"
import { schemaOf } from "../form/schema-of.ts"
import { useForm } from "../form/use-form.ts"
import { useSession } from "../shell/session.tsx"
import { Button } from "../ui/button.tsx"
import { CopyText } from "../ui/copy-text.tsx"
import { Dialog, DialogButtons } from "../ui/dialog.tsx"
import { Field, TextField } from "../ui/field.tsx"
import { Note } from "../ui/note.tsx"
import { ReadBody } from "../ui/read-body.tsx"
import { Minute } from "../ui/relative-time.tsx"
import { Select } from "../ui/select.tsx"
import { SkeletonLines } from "../ui/skeleton.tsx"
import { type Chosen, ChosenFields } from "./chosen-fields.tsx"
import { createStore, useEngines } from "./queries.ts"
import { bodyOfValues, firstValues } from "./value-fields.tsx"

interface NewStoreProps {
  open: boolean
  onClose(): void
  onMade(store: Store): void
  /** it begins with these data */
  from?: StoreBackup | undefined
}

/** Asks for a name, an engine and a plan; the shop appears on the page that follows. */
export function NewStoreDialog({ open, ...more }: NewStoreProps) {
  const engines = useEngines()
  return (
    <Dialog open={open} onClose={more.onClose} title="New store" wide>
      {open ? (
        <ReadBody
          of={engines}
          failed="The engines could not be read"
          skeleton={<SkeletonLines what="engines" />}
        >
          {({ items }) => <NewStore engines={items} {...more} />}
        </ReadBody>
      ) : null}
    </Dialog>
  )
}

interface Typed extends Chosen {
  name: string
  engine: string
  version: string
}

const runs = ({ installed, lacks }: StoreEngine["versions"][number]) => installed && lacks === null

function NewStore({
  engines,
  onClose,
  onMade,
  from,
}: Omit<NewStoreProps, "open"> & { engines: readonly StoreEngine[] }) {
  const { organization } = useSession()
  const create = useMutation(createStore)
  const possible = from ? engines.filter((each) => each.name === from.engine) : engines
  const first = possible.find(({ versions }) => versions.some(runs)) ?? possible[0]
  const firstVersion = (of: StoreEngine | undefined) => versionsOf(of, from)[0]?.version ?? ""
  const bodyOf = ({ name, engine, version, plan, values }: Typed) => ({
    ...{ name: name.trim(), engine, plan, organizationId: organization.id },
    ...(version ? { version } : {}),
    ...(from ? { backupId: from.id } : {}),
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
  const { watch } = form.state
  const [name, version, plan, values] = [
    watch("engine"),
    watch("version"),
    watch("plan"),
    watch("values"),
  ]
  const engine = engines.find((each) => each.name === name)
  const choose = (next: string) => {
    const chosen = engines.find((each) => each.name === next)
    form.set({ engine: next, version: firstVersion(chosen), values: firstValues(chosen) })
  }
  const canRun = versionsOf(engine, from).length > 0
  return (
    <Form form={form} label="New store">
      {from ? (
        <Note title="It begins with the data of a backup.">
          {from.storeName || from.engine} {from.version}, of <Minute at={from.createdAt} />. Its
          keys and passwords are new.
        </Note>
      ) : null}
      <TextField
        label="Name"
        autoComplete="off"
        placeholder="Linden Street Books"
        help="Its address follows from it."
        {...form.text("name")}
      />
      <div className="grid grid-cols-2 gap-3 max-sm:grid-cols-1">
        <Field
          label="Engine"
          help={engine?.simulated ? undefined : engine?.about}
          error={form.errorAt("engine")}
        >
          {(control) => (
            <Select
              {...control}
              value={name}
              options={possible.map((each) => ({ value: each.name, label: labelOf(each) }))}
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
              options={versionsOf(engine, from).map((each) => ({
                value: each.version,
                label: each.version,
              }))}
              onChange={(next) => form.set({ version: next })}
            />
          )}
        </Field>
      </div>
      {engine && !canRun ? <NotInstalled engine={engine} /> : null}
      {engine?.simulated ? <Note title="A stand-in.">{engine.about}</Note> : null}
      <ChosenFields
        engine={engine}
        chosen={{ plan, values }}
        errorAt={form.errorAt}
        onChange={form.set}
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

/** Those that can run here; of a backup only its own, since its data are of that version. */
const versionsOf = (engine: StoreEngine | undefined, from: StoreBackup | undefined) =>
  (engine?.versions ?? [])
    .filter(runs)
    .filter(({ version }) => from === undefined || version === from.version)

const labelOf = ({ title, versions }: StoreEngine) =>
  versions.some(runs) ? title : `${title}, not installed`

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
