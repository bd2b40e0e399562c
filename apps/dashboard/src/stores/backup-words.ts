import type { StoreBackup } from "@vibecaas/contract/store"
import type { StateLook } from "../ui/state.tsx"

export const backupLooks: Record<StoreBackup["state"], StateLook> = {
  making: { glyph: "busy", word: "Being made" },
  kept: { glyph: "done", word: "Kept" },
  failed: { glyph: "bad", word: "Not whole" },
}

export const backupReasons: Record<StoreBackup["reason"], string> = {
  asked: "Asked for",
  scheduled: "By schedule",
  before: "Before a change",
  final: "Before deletion",
  uploaded: "Uploaded",
}
