"use client"
import type { KeyPreset } from "@vibecaas/contract/kinds/keys"
import { useState } from "react"
import { Checkbox } from "../ui/checkbox.tsx"
import { Segmented } from "../ui/segmented.tsx"
import { callsInWords, groupsOf, presetOf, presetWords } from "./permission-words.ts"
import type { useGrantable } from "./queries.ts"
import { Refused } from "./refused.tsx"

interface PermissionChoiceProps {
  choices: NonNullable<ReturnType<typeof useGrantable>["data"]>
  chosen: readonly string[]
  error: string | undefined
  onChange(permissions: readonly string[]): void
}

const says: Record<KeyPreset | "choose", string> = {
  read: "It looks at everything and changes nothing.",
  build: "It makes projects, starts agents and runs apps, as a developer does.",
  full: "It does all that your role may, but for keys themselves.",
  choose: "It does what you choose, and nothing else.",
}

/** What a key may do: a ready-made set, or permissions one by one. */
export function PermissionChoice({ choices, chosen, error, onChange }: PermissionChoiceProps) {
  const [choosing, setChoosing] = useState(false)
  const { items, presets } = choices
  const shown = choosing ? "choose" : (presetOf(presets, chosen) ?? "choose")
  const choose = (value: KeyPreset | "choose") => {
    setChoosing(value === "choose")
    if (value !== "choose") onChange(presets[value])
  }
  const toggle = (permission: string, on: boolean) =>
    onChange(on ? [...chosen, permission] : chosen.filter((each) => each !== permission))
  return (
    <fieldset className="grid min-w-0 gap-1.5">
      <legend className="mb-1.5 text-13 font-medium text-fg">It may</legend>
      <Segmented
        label="Permissions"
        value={shown}
        segments={[
          { value: "read", label: presetWords.read },
          { value: "build", label: presetWords.build },
          { value: "full", label: presetWords.full },
          { value: "choose", label: "Choose" },
        ]}
        onChange={choose}
      />
      <p className="text-12 text-fg-3">{says[shown]}</p>
      {shown === "choose" ? (
        <div className="grid max-h-72 gap-3 overflow-y-auto rounded-3 border border-line p-3">
          {groupsOf(items).map(({ name, permissions }) => (
            <fieldset key={name} className="grid gap-2">
              <legend className="mb-1 text-12 text-fg-3">{name}</legend>
              {permissions.map(({ permission, label, calls }) => (
                <Checkbox
                  key={permission}
                  label={
                    <>
                      {label} <span className="mono text-12 text-fg-3">{permission}</span>
                    </>
                  }
                  help={callsInWords(calls)}
                  checked={chosen.includes(permission)}
                  onChange={(on) => toggle(permission, on)}
                />
              ))}
            </fieldset>
          ))}
        </div>
      ) : null}
      <Refused error={error} />
    </fieldset>
  )
}
