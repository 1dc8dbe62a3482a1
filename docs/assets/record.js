/* Small help on record pages: copy the citation, share the page or copy its address. Without scripts
   nothing is missing: the buttons are shown only here. */
for (const button of document.querySelectorAll("[data-copy]"))
  copies(button, () => document.getElementById(button.dataset.copy).textContent)
for (const button of document.querySelectorAll("[data-share]")) {
  const url = location.href.split("#")[0]
  button.parentElement.hidden = !navigator.share && !navigator.clipboard
  if (navigator.share) {
    button.addEventListener("click", () => navigator.share({ title: document.title, url }).catch(() => {}))
  } else {
    button.textContent = "Copy the link"
    copies(button, () => url)
  }
}
function copies(button, text) {
  if (!navigator.clipboard) return
  button.hidden = false
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(text())
    const words = button.textContent
    button.textContent = "Copied"
    setTimeout(() => { button.textContent = words }, 2000)
  })
}
/* Wide tables that the theme lets scroll sideways are reached by keyboard, too. */
addEventListener("load", () => {
  for (const wrap of document.querySelectorAll(".md-typeset__scrollwrap"))
    if (wrap.scrollWidth > wrap.clientWidth) Object.assign(wrap, { ariaLabel: "Table", role: "group", tabIndex: 0 })
})
