/** The README of a generated app. */
import type { AppSpec, Entity } from "./app-spec.ts"

export function readme(spec: AppSpec): string {
  return `# ${plain(spec.name)}

Keeps ${spec.entities.map((entity) => plain(entity.labelPlural.toLowerCase())).join(", ")}. Node 24 and nothing else: no packages to install.

    npm start      # http://127.0.0.1:3000; PORT, HOST and DATA_DIR change where
    npm test       # starts the real app on a free port and an empty folder

Records live in \`DATA_DIR/records.db\` (SQLite). What is kept is described in \`app.json\`; a field
added there gets its column when the app next starts, a removed one keeps its data on disk.

${spec.entities.map(section).join("\n")}
## Where things are

- \`app.json\` what is kept · \`server/\` data, rules, API · \`pages/\` HTML · \`public/\` style and script · \`test/\` tests (\`testing/\` starts the app for them)
- \`GET /api/${spec.entities[0]?.plural}?q=…&_sort=-id&_page=2&_limit=50\`, \`POST\`; \`GET\`, \`PATCH\`, \`DELETE /api/${spec.entities[0]?.plural}/1\`
${notBuilt(spec)}`
}

function section(entity: Entity): string {
  const rows = entity.fields.map((field) => {
    const more = field.choices ? `: ${field.choices.join(", ")}` : field.to ? ` to ${field.to}` : ""
    return `| ${plain(field.label)} | \`${field.name}\` | ${field.type.replaceAll("_", " ")}${plain(more)}${field.required ? ", needed" : ""} |`
  })
  return `## ${plain(entity.labelPlural)}

| Field | In the API | Type |
|---|---|---|
${rows.join("\n")}
`
}

function notBuilt(spec: AppSpec): string {
  if (spec.unsupported.length === 0) return ""
  return `\n## Asked for, not built\n\n${spec.unsupported.map((line) => `- ${plain(line)}`).join("\n")}\n`
}

/** Text that came from a person, without what Markdown would read as markup. */
function plain(text: string): string {
  return text.replace(/[\n\r|<>`[\]]/g, " ").trim()
}
