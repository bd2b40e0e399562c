/** The first post of a new blog, which shows what one can write. */
export const welcome = {
  title: "A first post, to see how it looks",
  tags: ["writing"],
  body: `This is your blog. Everybody who has its address can read it, and only you can write: sign in below as the owner, and this page gets a button *Write*. Delete this post when you have read it.

# How to write

You write in Markdown: a line that begins with \`#\` is a heading, **two stars** make words bold, *one star* leans them, and a line between two others with nothing in it begins a new paragraph.

- A line with a hyphen is an entry of a list.
- [Words in brackets](https://commonmark.org/help/) with an address behind them are a link.

> A line that begins with a sign like an arrow is a quote. Quotes give a page room to breathe.

Code keeps its shape between three backticks:

\`\`\`js
const answer = (6 * 7).toString()
\`\`\`

# Drafts and tags

What you write is a draft until you publish it, and you can take it back at any time. Tags tie posts together: click *writing* above and see. Readers can follow the blog by its feed.`,
}
