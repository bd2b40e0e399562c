"use client"
import { useMutation, useQueryClient } from "@tanstack/react-query"
import type { Machine } from "@vibecaas/contract/kinds/machines"
import type { Project } from "@vibecaas/contract/kinds/projects"
import { machineLimits, machineSize } from "@vibecaas/contract/machine-size"
import { putItem } from "../api/kept.ts"
import { Form } from "../form/form.tsx"
import { schemaOf } from "../form/schema-of.ts"
import { useForm } from "../form/use-form.ts"
import { Button } from "../ui/button.tsx"
import { Dialog, DialogButtons } from "../ui/dialog.tsx"
import { TextField } from "../ui/field.tsx"
import { createMachine, machinesOf } from "./queries.ts"

const route = "POST /projects/{projectId}/machines"
const usual = {
  name: "",
  cpuCount: String(machineSize.cpuCount),
  memoryMib: String(machineSize.memoryMib),
  diskMib: String(machineSize.diskMib),
}
const sizes = [
  { part: "cpuCount", label: "CPUs" },
  { part: "memoryMib", label: "Memory in MiB" },
  { part: "diskMib", label: "Disk in MiB" },
] as const

interface AddMachineProps {
  projectId: Project["id"]
  onClose(): void
  onAdded(machine: Machine): void
}

/** A further machine of the project, of a name and a size. */
export function AddMachineDialog({ open, ...form }: AddMachineProps & { open: boolean }) {
  return (
    <Dialog open={open} onClose={form.onClose} title="Add a machine">
      {open ? <AddMachineForm {...form} /> : null}
    </Dialog>
  )
}

function AddMachineForm({ projectId, onClose, onAdded }: AddMachineProps) {
  const client = useQueryClient()
  const create = useMutation(createMachine)
  const bodyOf = (typed: typeof usual) => ({
    name: typed.name.trim(),
    size: {
      cpuCount: Number(typed.cpuCount),
      memoryMib: Number(typed.memoryMib),
      diskMib: Number(typed.diskMib),
    },
  })
  const form = useForm({
    values: usual,
    body: bodyOf,
    fieldFor: Object.fromEntries(sizes.map(({ part }) => [`size/${part}`, part])),
    schema: () => schemaOf(route),
    send: (_, typed) => create.mutateAsync({ params: { projectId }, body: bodyOf(typed) }),
    done(machine) {
      putItem(client, machinesOf(projectId).queryKey, machine)
      onAdded(machine)
    },
  })
  return (
    <Form form={form} label="Add a machine">
      <TextField label="Name" autoComplete="off" {...form.text("name")} />
      <div className="grid grid-cols-3 gap-4 max-md:grid-cols-1">
        {sizes.map(({ part, label }) => (
          <TextField
            key={part}
            label={label}
            help={`${machineLimits[part].min} to ${machineLimits[part].max}`}
            inputMode="numeric"
            autoComplete="off"
            {...form.text(part)}
          />
        ))}
      </div>
      <p className="text-13">
        It is made stopped. Its memory counts in the plan at once, its time once it runs.
      </p>
      <DialogButtons onCancel={onClose}>
        <Button type="submit" kind="main" busy={form.pending ? "Adding machine" : undefined}>
          Add machine
        </Button>
      </DialogButtons>
    </Form>
  )
}
