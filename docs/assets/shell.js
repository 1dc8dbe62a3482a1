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

/* Names that the record has in Latin letters only are found in Cyrillic ones, too: the search is
   asked besides for the word in Latin letters, and for words that differ from it by a letter or two. */
{
  const latin = new Map(Object.entries({
    а: "a", ә: "a", б: "b", в: "v", г: "g", ғ: "g", д: "d", е: "e", ё: "e", ж: "zh", з: "z", и: "i",
    й: "i", к: "k", қ: "k", л: "l", м: "m", н: "n", ң: "n", о: "o", ө: "o", п: "p", р: "r", с: "s",
    т: "t", у: "u", ұ: "u", ү: "u", ф: "f", х: "h", һ: "h", ц: "ts", ч: "ch", ш: "sh", щ: "shch",
    ъ: "", ы: "y", і: "i", ь: "", э: "e", ю: "yu", я: "ya", "дж": "j",
  }))
  const words = text => text.toLowerCase().match(/[\u0400-\u04ff]+/g) ?? []
  const asked = word => {
    const written = word.replace(/дж|./g, letter => latin.get(letter) ?? "")
    const apart = written.length < 5 ? 0 : written.length < 8 ? 1 : 2
    return apart ? [written, `${written}~${apart}`] : [written]
  }
  const { postMessage } = Worker.prototype
  Worker.prototype.postMessage = function (message, ...rest) {
    if (message?.type === 2) { // a query, in the protocol of Material's search
      const more = words(message.data).flatMap(asked)
      document.documentElement.classList.toggle("kz-cyrillic", more.length > 0)
      message = { ...message, data: [message.data, ...more].join(" ") }
    }
    return postMessage.call(this, message, ...rest)
  }
}
