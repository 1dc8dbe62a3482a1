/* Small help on record pages: copy the citation, share the page. Without scripts nothing is missing:
   the buttons are shown only here. */
for (const button of document.querySelectorAll("[data-copy]")) {
  if (!navigator.clipboard) break
  button.hidden = false
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(document.getElementById(button.dataset.copy).textContent)
    const words = button.textContent
    button.textContent = "Copied"
    setTimeout(() => { button.textContent = words }, 2000)
  })
}
for (const button of document.querySelectorAll("[data-share]")) {
  if (!navigator.share) break
  button.parentElement.hidden = false
  button.addEventListener("click", () => {
    navigator.share({ title: document.title, url: location.href.split("#")[0] }).catch(() => {})
  })
}
/* Wide tables that the theme lets scroll sideways are reached by keyboard, too. */
addEventListener("load", () => {
  for (const wrap of document.querySelectorAll(".md-typeset__scrollwrap"))
    if (wrap.scrollWidth > wrap.clientWidth) Object.assign(wrap, { ariaLabel: "Table", role: "group", tabIndex: 0 })
})
