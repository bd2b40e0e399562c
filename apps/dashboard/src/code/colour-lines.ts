import bash from "highlight.js/lib/languages/bash"
import css from "highlight.js/lib/languages/css"
import dockerfile from "highlight.js/lib/languages/dockerfile"
import go from "highlight.js/lib/languages/go"
import ini from "highlight.js/lib/languages/ini"
import java from "highlight.js/lib/languages/java"
import javascript from "highlight.js/lib/languages/javascript"
import json from "highlight.js/lib/languages/json"
import markdown from "highlight.js/lib/languages/markdown"
import php from "highlight.js/lib/languages/php"
import python from "highlight.js/lib/languages/python"
import rust from "highlight.js/lib/languages/rust"
import sql from "highlight.js/lib/languages/sql"
import typescript from "highlight.js/lib/languages/typescript"
import xml from "highlight.js/lib/languages/xml"
import yaml from "highlight.js/lib/languages/yaml"
import { createLowlight } from "lowlight"
import { type CodeLine, plainLines } from "./code-line.ts"

const lowlight = createLowlight({
  ...{ bash, css, dockerfile, go, ini, java, javascript, json, markdown, php, python, rust, sql },
  ...{ typescript, xml, yaml },
})

type Node = ReturnType<typeof lowlight.highlight>["children"][number]

/**
 * The lines of a text, each in pieces with the class of its colour. A piece that goes over several
 * lines, such as a comment, has its class in each.
 */
export function colourLines(text: string, language: string): readonly CodeLine[] {
  if (!lowlight.registered(language)) return plainLines(text)
  const lines: { text: string; look: string }[][] = [[]]
  const add = (piece: string, look: string) => {
    for (const [at, part] of piece.split("\n").entries()) {
      if (at > 0) lines.push([])
      if (part !== "") lines.at(-1)?.push({ text: part, look })
    }
  }
  const walk = (node: Node, look: string) => {
    if (node.type === "text") return add(node.value, look)
    if (node.type !== "element") return
    const own = node.properties.className
    const looks = Array.isArray(own) ? own.join(" ") : look
    for (const child of node.children) walk(child, looks)
  }
  for (const node of lowlight.highlight(language, text).children) walk(node, "")
  return lines
}
