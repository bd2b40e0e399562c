import type { Backup, BackupReason } from "@vibecaas/contract/backups"
import type { StateLook } from "../../ui/state.tsx"

export const reasonWords: Readonly<Record<BackupReason, string>> = {
  asked: "Asked for",
  version: "Before another version",
  restore: "Before a restore",
  import: "Before an import",
}

const looks: Readonly<Record<Backup["state"], StateLook>> = {
  making: { glyph: "busy", word: "Being made" },
  kept: { glyph: "done", word: "Kept" },
  failed: { glyph: "bad", word: "Failed" },
  deleting: { glyph: "gone", word: "Being deleted" },
}

export const lookOf = ({ state, restoring }: Backup): StateLook =>
  restoring ? { glyph: "busy", word: "Being restored" } : looks[state]

/** Why a kept backup cannot be used now. */
export function offBecause({ state, restoring }: Backup): string | undefined {
  if (restoring) return "It is being restored."
  return state === "kept" ? undefined : "Its data are not kept."
}
