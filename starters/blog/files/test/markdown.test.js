import assert from "node:assert/strict"
import { test } from "node:test"
import { excerptOf, render } from "../markdown.js"

const cases = {
  "paragraphs are parted by empty lines": ["One\nline\n\nTwo", "<p>One\nline</p><p>Two</p>"],
  "headings begin below the post's title": ["# A\n## B #\n### C", "<h2>A</h2><h3>B</h3><h4>C</h4>"],
  "words are bold, leaning, struck and code": [
    "**b** *i* _u_ ~~s~~ `c`",
    "<p><strong>b</strong> <em>i</em> <em>u</em> <del>s</del> <code>c</code></p>",
  ],
  "signs nest": ["**a *b* c**", "<p><strong>a <em>b</em> c</strong></p>"],
  "stars with space around them and snake_case_names stay": [
    "2 * 3 * 4 snake_case_x",
    "<p>2 * 3 * 4 snake_case_x</p>",
  ],
  "a backslash takes a sign's meaning": ["\\*no\\*", "<p>*no*</p>"],
  "code keeps what is in it": ["`<b>**x**`", "<p><code>&lt;b&gt;**x**</code></p>"],
  "fences keep lines and escape them": [
    "```js\na < b\n\n# no\n```\nafter",
    '<pre tabindex="0" data-language="js"><code>a &lt; b\n\n# no</code></pre><p>after</p>',
  ],
  "lists have items, also nested": [
    "- a\n- b\n  - c\n\n1. x\n2. y",
    "<ul><li>a</li><li><p>b</p><ul><li>c</li></ul></li></ul><ol><li>x</li><li>y</li></ol>",
  ],
  "quotes hold blocks": ["> a\n> - b", "<blockquote><p>a</p><ul><li>b</li></ul></blockquote>"],
  "lines part": ["a\n\n---\n\nb", "<p>a</p><hr><p>b</p>"],
  "links lead outward in a tab of their own": [
    "[a](https://a.example/x?y=1&z)",
    '<p><a href="https://a.example/x?y=1&amp;z" rel="noopener" target="_blank">a</a></p>',
  ],
  "links within the blog and to mail stay plain": [
    "[a](/post/b) [m](mailto:a@b.example)",
    '<p><a href="/post/b">a</a> <a href="mailto:a@b.example">m</a></p>',
  ],
  "bare addresses are links without the sign behind them": [
    "See https://a.example/b.",
    '<p>See <a href="https://a.example/b" rel="noopener" target="_blank">a.example/b</a>.</p>',
  ],
  "a picture alone gets its words below it": [
    "![A cat](https://a.example/c.jpg)",
    '<figure><img src="https://a.example/c.jpg" alt="A cat" loading="lazy"><figcaption>A cat</figcaption></figure>',
  ],
  "HTML is text": ["<script>alert(1)</script>", "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>"],
}
for (const [fact, [text, markup]] of Object.entries(cases))
  test(fact, () => assert.equal(String(render(text)).replace(/ (?=>)/g, ""), markup))

for (const address of [
  "javascript:alert(1)",
  "JAVASCRIPT:alert(1)",
  "data:text/html,x",
  "vbscript:x",
  "//evil.example",
  "/\\evil.example",
  "file:///etc/passwd",
])
  test(`an address such as ${address} is no link`, () => {
    const text = `[a](${address}) ![b](${address})\n\n![c](${address})`
    assert.doesNotMatch(String(render(text)), /<a |<img/)
  })

test("no text makes it slow or deep", () => {
  for (const piece of ["> ", "- ", "**", "[", "![", "`", "*a ", "_", "~~", "[a](", "  "])
    assert.equal(typeof String(render(piece.repeat(20_000))), "string")
})

test("an excerpt is the first paragraph without signs, cut at a word", () => {
  assert.equal(
    excerptOf("# Title\n\nSome **bold** [words](https://a.example).\n\nMore"),
    "Some bold words.",
  )
  assert.equal(excerptOf("one two three", 10), "one two …")
})
