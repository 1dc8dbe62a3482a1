/* Filters of the registers. The list is whole without this; here its lines are only hidden and
   shown. What is chosen stands in the address, so that a view can be shared. */
"use strict";
(() => {
  const form = document.querySelector("form[data-filter]");
  if (!form) return;
  const rows = [...document.querySelectorAll(`#${form.dataset.filter} [data-row]`)];
  const status = document.getElementById("filter-status");
  const none = document.getElementById("filter-none");
  const fields = [...form.elements].filter((field) => field.name);
  const plain = (text) => text.toLowerCase().normalize("NFD").replace(/\p{M}/gu, "");
  const text = new Map(rows.map((row) => [row, plain(row.textContent)]));

  /* from and to are years against data-first and data-last; words are looked for in the text; all else is a list. */
  function fits(row, field) {
    const wanted = field.value.trim();
    if (!wanted) return true;
    if (field.name === "from") return row.dataset.last >= wanted;
    if (field.name === "to") return row.dataset.first <= wanted;
    if (field.name === "words") return plain(wanted).split(/\s+/).every((word) => text.get(row).includes(word));
    return (row.dataset[field.name] || "").split(" ").includes(wanted);
  }

  function show() {
    let count = 0;
    for (const row of rows) {
      row.hidden = !fields.every((field) => fits(row, field));
      if (!row.hidden) count += 1;
    }
    const chosen = fields.filter((field) => field.value.trim());
    status.textContent = chosen.length ? `${count} of ${rows.length}` : `${rows.length}`;
    form.classList.toggle("is-filtered", chosen.length > 0);
    none.hidden = count > 0;
    none.replaceChildren(...(count ? [] : ["Nothing fits all of these. Lift one: ", ...chosen.map(lift)]));
    for (const group of document.querySelectorAll(`#${form.dataset.filter} [data-group]`))
      group.hidden = !group.querySelector("[data-row]:not([hidden])");
  }

  function lift(field) {
    const button = document.createElement("button");
    const value = field.selectedOptions ? field.selectedOptions[0].textContent : field.value;
    button.type = "button";
    button.className = "kz-button";
    button.textContent = `${name(field)}: ${value.trim()}`;
    button.addEventListener("click", () => {
      field.value = "";
      changed();
      field.focus();
    });
    return button;
  }

  function read() {
    const query = new URLSearchParams(location.search);
    const unknown = [];
    for (const field of fields) {
      const asked = query.get(field.name) || "";
      field.value = asked;
      if (field.value === asked) continue;
      field.value = "";
      unknown.push(`${name(field)} “${asked}”`);
    }
    show();
    if (unknown.length) {
      none.hidden = false;
      none.prepend(`The address asks for ${unknown.join(", ")}, which is no choice here and is left out. `);
    }
  }

  function name(field) {
    return field.labels[0].firstChild.textContent.trim();
  }

  function changed() {
    const query = new URLSearchParams();
    for (const field of fields) if (field.value.trim()) query.set(field.name, field.value.trim());
    const search = query.toString();
    history.replaceState(null, "", (search ? `?${search}` : location.pathname) + location.hash);
    show();
  }

  /* On a phone the first field is enough to begin with; the button shows the others. */
  function fold() {
    const button = document.createElement("button");
    const turn = (open) => button.setAttribute("aria-expanded", String(form.classList.toggle("is-open", open)));
    button.type = "button";
    button.className = "kz-fold";
    button.textContent = "Filters";
    button.addEventListener("click", () => turn());
    fields[0].closest("label").after(button);
    turn(fields.slice(1).some((field) => field.value.trim()));
  }

  form.addEventListener("input", changed);
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", () => setTimeout(changed));
  addEventListener("popstate", read);
  form.hidden = false;
  read();
  if (fields.length > 2) fold();
})();
