/* What every page needs of scripts, before Material's own. */

/* The reader's palette; the header reads it again on the next page. */
document.querySelector(".kz-palette")?.addEventListener("click", () => {
  const { dataset } = document.documentElement
  const shown = dataset.palette ?? (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light")
  dataset.palette = shown === "dark" ? "light" : "dark"
  __md_set("__palette", dataset.palette)
})

/* Material asks for the search index as soon as a page opens. Hold that one request back until the
   reader turns to the search. */
{
  const { open, send } = XMLHttpRequest.prototype
  const toggle = document.getElementById("__search")
  const field = document.forms.search?.query
  const wanted = new Promise(resolve => {
    if (toggle.checked || new URLSearchParams(location.search).has("q")) resolve()
    toggle.addEventListener("change", resolve)
    field?.addEventListener("focus", resolve)
  })
  XMLHttpRequest.prototype.open = function (method, address, ...rest) {
    this.kzLater = String(address).endsWith("search/search_index.json")
    return open.call(this, method, address, ...rest)
  }
  XMLHttpRequest.prototype.send = function (body) {
    if (this.kzLater) wanted.then(() => send.call(this, body))
    else send.call(this, body)
  }
}
