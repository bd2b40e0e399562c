"use client"
import { useMutation } from "@tanstack/react-query"
import type { Store } from "@vibecaas/contract/store"
import { storeMay } from "@vibecaas/contract/store-states"
import { useState } from "react"
import { Form } from "../form/form.tsx"
import { LazyDeleteDialog } from "../form/lazy-delete-dialog.ts"
import { schemaOf } from "../form/schema-of.ts"
import { useForm } from "../form/use-form.ts"
import { Button } from "../ui/button.tsx"
import { Checkbox } from "../ui/checkbox.tsx"
import { Field } from "../ui/field.tsx"
import { Select } from "../ui/select.tsx"
import { type Chosen, ChosenFields } from "./chosen-fields.tsx"
import { changeStore, deleteStore, useEngines } from "./queries.ts"
import { useStoreOff } from "./store-head.tsx"
import { bodyOfValues, firstValues } from "./value-fields.tsx"

const schedules = [
  { value: "none", label: "Only when asked" },
  { value: "24", label: "Every day" },
  { value: "168", label: "Every week" },
]

interface Typed extends Chosen {
  every: string
}

/** Plan, values and schedule of a store, and its end. */
export function StoreSettings({ store }: { store: Store }) {
  const engines = useEngines()
  return (
    <div className="grid gap-8 p-4">
      {engines.data ? (
        <Change
          key={store.changes}
          store={store}
          engine={engines.data.items.find(({ name }) => name === store.engine)}
        />
      ) : null}
      <End store={store} />
    </div>
  )
}

type Engines = NonNullable<ReturnType<typeof useEngines>["data"]>["items"]

function Change({ store, engine }: { store: Store; engine: Engines[number] | undefined }) {
  const change = useMutation(changeStore)
  const off = useStoreOff(store)
  const known = { ...firstValues(engine), ...plainOf(store.values) }
  const bodyOf = ({ plan, every, values }: Typed) => ({
    ...(plan === store.plan ? {} : { plan }),
    ...(JSON.stringify(values) === JSON.stringify(known) ? {} : { values: bodyOfValues(values) }),
    backupEveryHours: every === "none" ? null : Number(every),
  })
  const form = useForm<Typed, Store>({
    values: { plan: store.plan, every: String(store.backupEveryHours ?? "none"), values: known },
    body: bodyOf,
    schema: () => schemaOf("PATCH /stores/{storeId}"),
    send: (_, typed) =>
      change.mutateAsync({
        ...{ params: { storeId: store.id }, body: bodyOf(typed), ifMatch: store.changes },
      }),
    fieldFor: { backupEveryHours: "every" },
  })
  const { watch } = form.state
  const [plan, every, values] = [watch("plan"), watch("every"), watch("values")]
  return (
    <Form form={form} label="Settings">
      <ChosenFields
        made
        engine={engine}
        chosen={{ plan, values }}
        errorAt={form.errorAt}
        onChange={form.set}
      />
      <Field label="Backups" error={form.errorAt("every")}>
        {(control) => (
          <Select
            {...control}
            value={every}
            options={schedules}
            onChange={(next) => form.set({ every: next })}
          />
        )}
      </Field>
      <Button
        type="submit"
        kind="main"
        className="justify-self-start"
        off={off("change", "change stores")}
        busy={form.pending ? "Saving" : undefined}
      >
        Save settings
      </Button>
    </Form>
  )
}

const plainOf = (values: Store["values"]) =>
  Object.fromEntries(
    Object.entries(values).flatMap(([name, value]) =>
      typeof value === "string" || typeof value === "boolean" ? [[name, value] as const] : [],
    ),
  )

function End({ store }: { store: Store }) {
  const [asked, setAsked] = useState<boolean>()
  const [backup, setBackup] = useState(false)
  const remove = useMutation(deleteStore)
  const off = useStoreOff(store)
  return (
    <section aria-labelledby="end" className="grid justify-items-start gap-2">
      <h2 id="end" className="text-14 font-semibold">
        Delete
      </h2>
      <p className="max-w-[70ch] text-13 text-fg-2">
        Its programs, its database, its files, its addresses and its secrets are removed, then
        checked to be gone. What cannot be removed at once is named here and tried again.
      </p>
      <Checkbox
        label="Keep a last backup"
        help="It can be downloaded for 30 days, and a new store can begin with its data."
        checked={backup}
        onChange={setBackup}
      />
      <Button kind="bad-quiet" off={off("delete", "delete stores")} onClick={() => setAsked(true)}>
        Delete store
      </Button>
      {asked === undefined ? null : (
        <LazyDeleteDialog
          noun="store"
          name={store.name}
          open={asked}
          going={!storeMay(store.state, "delete")}
          onDelete={(name) =>
            remove.mutateAsync({ params: { storeId: store.id }, body: { name, backup } })
          }
          onClose={() => setAsked(false)}
          onDeleted={() => setAsked(false)}
        >
          {backup ? "A last backup is kept; all else" : "All"} of the store is removed.
        </LazyDeleteDialog>
      )}
    </section>
  )
}
