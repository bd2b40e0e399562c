// Adds empty questions to the form of a new round.
const blocks = document.querySelector("[data-blocks]")
const add = document.querySelector("[data-add]")
add.hidden = false
add.addEventListener("click", () => {
  const at = blocks.children.length
  const block = blocks.lastElementChild.cloneNode(true)
  block.querySelector("legend").textContent = `Question ${at + 1}`
  for (const field of block.querySelectorAll("input, textarea")) {
    field.value = ""
    field.id = `${field.name}-${at}`
    field.closest(".field").querySelector("label").htmlFor = field.id
  }
  block.querySelector(".help").id = `choices-help-${at}`
  block.querySelector("textarea").setAttribute("aria-describedby", `choices-help-${at}`)
  blocks.append(block)
  block.querySelector("input").focus()
})
