/** Data models that between them have everything that one can say. */
import type { DataModel, Entity } from "@vibecaas/contract/data-model"
import { field } from "./record-keeper-folder.ts"

const named = (name: string, plural: string) => {
  const label = `${name[0]?.toUpperCase()}${name.slice(1)}`
  return {
    ...{ name, plural, label, filters: [] },
    labelPlural: `${plural[0]?.toUpperCase()}${plural.slice(1)}`,
  }
}

const computed = (name: string, formula: Entity["fields"][number]["formula"]) =>
  field(name, "computed", { formula })

/** Every type, formula, kind of view and default; for everybody. */
export const studio: DataModel = {
  version: 1,
  name: "Studio <b>& Co</b>",
  unsupported: ["No payments are taken."],
  entities: [
    {
      ...named("client", "clients"),
      fields: [
        field("name", "text", { required: true, default: "New & fine" }),
        field("email", "email"),
        field("phone", "phone"),
        field("site", "url"),
        field("color", "color"),
        field("notes", "long_text"),
        computed("jobs", { kind: "count", of: "projects", by: "client" }),
        computed("worth", { kind: "sum", of: "projects", by: "client", field: "with_tax" }),
      ],
      views: [{ name: "cards", label: "Cards", kind: "cards" }],
    },
    {
      ...named("project", "projects"),
      filters: ["client", "deadline", "budget", "status", "done", "score", "left"].map((name) => ({
        field: name,
      })),
      sort: { field: "deadline", direction: "asc" },
      suggestion: {
        title: "Suggested next project",
        open: "done",
        rating: "score",
        like: ["status"],
      },
      fields: [
        field("name", "text", { required: true }),
        field("client", "reference", { to: "clients" }),
        field("helpers", "references", { to: "clients" }),
        field("deadline", "date", { default: "today" }),
        field("kick_off", "datetime"),
        field("daily_call", "time"),
        field("budget", "money", { unit: "€" }),
        field("status", "choice", { choices: ["lead", "it's on", "done"], default: "lead" }),
        field("done", "flag", { closes: true }),
        field("score", "rating", { min: 1, max: 10 }),
        field("weight", "decimal", { unit: "kg" }),
        field("pages", "whole_number", { min: 0, default: 4 }),
        computed("with_tax", { kind: "product", fields: ["budget"], factor: 1.19 }),
        computed("load", { kind: "product", fields: ["weight", "pages"] }),
        computed("left", { kind: "difference", fields: ["with_tax", "budget", "pages"] }),
        computed("days_left", { kind: "days_until", field: "deadline" }),
        computed("helped_by", { kind: "difference", fields: ["score", "pages"], factor: 2 }),
      ],
      views: [
        { name: "board", label: "Board", kind: "board", by: "status" },
        {
          ...{ name: "open", label: "Open", kind: "table", counts: "status" },
          filter: [{ field: "done", is: "no" }],
          sort: { field: "left", direction: "desc" },
        },
        {
          ...{ name: "late", label: "Late", kind: "cards" },
          filter: [{ field: "deadline", is: "overdue" }],
        },
        { name: "month", label: "Month", kind: "calendar", by: "deadline" },
        { name: "starts", label: "Starts", kind: "calendar", by: "kick_off" },
      ],
    },
  ],
}

/** Lists for everybody, for people with an account, and for the owner, in several ways. */
export const club: DataModel = {
  version: 1,
  name: "Club",
  unsupported: [],
  entities: [
    {
      ...named("event", "events"),
      fields: [
        field("title", "text", { required: true }),
        field("day", "date"),
        field("host", "reference", { to: "members" }),
      ],
      access: { read: "everybody", write: "owner" },
    },
    {
      ...named("request", "requests"),
      fields: [field("name", "text", { required: true }), field("email", "email")],
      access: { read: "owner", write: "everybody" },
    },
    {
      ...named("member", "members"),
      fields: [
        field("name", "text", { required: true }),
        computed("hosts", { kind: "count", of: "events", by: "host" }),
        computed("paid", { kind: "sum", of: "payments", by: "member", field: "amount" }),
      ],
      access: { read: "owner", write: "owner" },
    },
    {
      ...named("post", "posts"),
      fields: [field("text", "long_text", { required: true }), field("liked", "flag")],
      access: { read: "signed_in", write: "signed_in" },
    },
    {
      ...named("payment", "payments"),
      fields: [
        field("member", "reference", { to: "members", required: true }),
        field("amount", "money", { required: true }),
      ],
      access: { read: "owner", write: "owner" },
    },
  ],
}

/** Records that need others before they can be. */
export const clinic: DataModel = {
  version: 1,
  name: "Vet clinic",
  unsupported: [],
  entities: [
    {
      ...named("owner", "owners"),
      fields: [field("name", "text", { required: true }), field("balance", "money")],
    },
    {
      ...named("pet", "pets"),
      filters: [{ field: "owner" }],
      fields: [
        field("name", "text", { required: true }),
        field("owner", "reference", { to: "owners", required: true }),
        field("weight", "decimal", { unit: "kg", min: 0, max: 200 }),
      ],
    },
    {
      ...named("visit", "visits"),
      filters: [{ field: "pet" }],
      fields: [
        field("date", "date"),
        field("price", "money", { unit: "€", min: 0 }),
        field("status", "choice", { choices: ["open", "done"] }),
        field("pet", "reference", { to: "pets" }),
        field("paid", "flag"),
      ],
      views: [
        {
          ...{ name: "unpaid", label: "Unpaid", kind: "table" },
          filter: [{ field: "paid", is: "no" }],
        },
      ],
    },
  ],
}
