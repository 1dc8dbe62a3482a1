/* The timeline's filters. The list is whole without this; here lines are only hidden and shown.
   What is chosen stands in the address, so that a view can be shared. */
"use strict";
(() => {
  const root = document.querySelector(".tl");
  if (!root) return;
  const form = root.querySelector("form");
  const list = root.querySelector(".tl-list");
  const status = root.querySelector(".tl-count strong");
  const none = root.querySelector(".tl-none");
  const more = root.querySelector(".tl-more");
  const fold = root.querySelector(".tl-fold");
  const button = (name) => root.querySelector(`button[name=${name}]`);
  const FACETS = ["pillar", "theme", "type", "person", "place", "evidence"];
  const FIELDS = [...FACETS, "disputed", "from", "to", "words"];
  const LABELS = { disputed: "sources disagree", from: "from", to: "to", words: "words" };
  const plain = (text) => text.toLowerCase().normalize("NFD").replace(/\p{M}/gu, "");
  const plural = (n) => (n === 1 ? "1 event" : `${n} events`);

  const names = {};
  for (const facet of FACETS) {
    LABELS[facet] = facet;
    names[facet] = {};
    for (const option of form.elements[facet].options)
      if (option.value) names[facet][option.value] = option.dataset.name;
  }

  // Everything that a keystroke needs is read from the page once, when the reader turns to the form.
  let rows = [], years = [], selection = [];
  function prepare() {
    if (years.length) return;
    years = [...list.querySelectorAll(".tl-year")].map(readYear);
    rows = years.flatMap((year) => year.months.flatMap((month) => month.rows));
    selection = rows;
  }

  function readYear(element) {
    const heading = element.querySelector("h2");
    const year = { element, figure: heading.querySelector("small").firstChild };
    year.link = root.querySelector(`.tl-years a[href="#${heading.id}"]`).parentElement;
    year.months = [...element.querySelectorAll(".tl-month")].map((part) => {
      const month = { element: part, year };
      month.rows = [...part.querySelectorAll(".tl-row")].map((line) => readRow(line, month));
      return month;
    });
    return year;
  }

  function readRow(line, month) {
    const link = line.querySelector("a");
    const row = { line, month, shown: true, disputed: line.dataset.disputed || "", title: link.textContent, href: link.href };
    for (const facet of FACETS) row[facet] = line.dataset[facet] ? line.dataset[facet].split(" ") : [];
    row.wide = Math.ceil(row.title.length / 44); // lines that the title needs
    row.narrow = Math.ceil(row.title.length / 25);
    row.from = Number(line.dataset.last.slice(0, 4));
    row.to = Number(line.dataset.first.slice(0, 4));
    const words = FACETS.slice(0, 5).flatMap((facet) => row[facet].map((key) => names[facet][key] || key));
    row.text = plain([row.title, line.dataset.date, ...words].join(" "));
    return row;
  }

  function chosen() {
    const found = {};
    for (const name of FIELDS) {
      const field = form.elements[name];
      const value = field.type === "checkbox" ? (field.checked ? field.value : "") : field.value.trim();
      if (value) found[name] = value;
    }
    return found;
  }

  const TESTS = {
    words: (row, words) => words.every((word) => row.text.includes(word)),
    from: (row, year) => row.from >= year,
    to: (row, year) => row.to <= year,
    disputed: (row) => row.disputed !== "",
  };
  const prepared = (name, value) => (name === "words" ? plain(value).split(/\s+/) : Number(value) || value);
  const test = (name, value) => {
    const wanted = prepared(name, value);
    return TESTS[name] ? (row) => TESTS[name](row, wanted) : (row) => row[name].includes(value);
  };

  /* Shows the lines that pass. A line that fails one filter only counts for that filter: for the
     numbers beside its choices, and for what an empty result would gain without it. */
  function filter() {
    const active = chosen();
    const tests = Object.entries(active).map(([name, value]) => [name, test(name, value)]);
    const counts = Object.fromEntries(FACETS.map((facet) => [facet, Object.create(null)]));
    const without = new Map(tests.map(([name]) => [name, 0]));
    for (const year of years) year.count = year.wide = year.narrow = 0;
    for (const year of years) for (const month of year.months) month.count = 0;
    selection = rows.filter((row) => {
      const failed = tests.filter(([, passes]) => !passes(row));
      if (failed.length < 2) count(row, failed.length ? failed[0][0] : null, counts, without);
      const shows = failed.length === 0;
      if (shows !== row.shown) row.line.hidden = !(row.shown = shows);
      if (shows) {
        row.month.count += 1;
        const { year } = row.month;
        year.count += 1;
        year.wide += row.wide;
        year.narrow += row.narrow;
      }
      return shows;
    });
    show(active, without);
    later(() => relabel(counts));
  }

  function count(row, only, counts, without) {
    if (only) without.set(only, without.get(only) + 1);
    for (const facet of FACETS)
      if (!only || only === facet) for (const key of row[facet]) counts[facet][key] = (counts[facet][key] || 0) + 1;
  }

  function set(element, property, value) {
    if (element[property] !== value) element[property] = value;
  }

  function show(active, without) {
    for (const year of years) {
      for (const month of year.months) set(month.element, "hidden", month.count === 0);
      set(year.element, "hidden", year.count === 0);
      set(year.figure, "data", String(year.count));
      if (year.count !== year.guessed) guess(year);
      year.link.classList.toggle("is-empty", year.count === 0);
    }
    const filtered = Object.keys(active).length;
    list.classList.toggle("is-filtered", filtered > 0);
    status.textContent = filtered ? `${selection.length} of ${plural(rows.length)}` : plural(rows.length);
    button("reset").hidden = !filtered;
    const dated = selection.filter(hasDay).length;
    button("csv").disabled = selection.length === 0;
    button("ics").disabled = dated === 0;
    button("ics").textContent = dated < selection.length ? `Save as calendar (${dated} with a day)` : "Save as calendar";
    const folded = filtered - ("words" in active ? 1 : 0);
    fold.textContent = folded ? `Filters (${folded})` : "Filters";
    for (const name of FIELDS) form.elements[name].classList.toggle("is-set", name in active);
    explain(active, without);
    remember(active);
  }

  /* What the height of a year out of view is guessed from; the page says the same of all events. */
  function guess(year) {
    const { element, count, months, wide, narrow } = year;
    year.guessed = count;
    const values = { rows: count, months: months.filter((month) => month.count).length, wide, narrow };
    for (const [name, value] of Object.entries(values)) element.style.setProperty(`--tl-${name}`, value);
  }

  function explain(active, without) {
    none.hidden = selection.length > 0;
    none.textContent = "";
    if (selection.length) return;
    const lifts = [...without].filter(([, gained]) => gained).sort((a, b) => b[1] - a[1]);
    const many = lifts.length ? lifts : Object.keys(active).map((name) => [name, 0]);
    none.append(lifts.length ? "No event matches all of these. Lift a filter: " : "No event matches, and lifting one filter is not enough. Lift several: ");
    many.forEach(([name, gained], index) => {
      const lift = document.createElement("button");
      lift.type = "button";
      lift.textContent = `${LABELS[name]}${name === "disputed" ? "" : ` “${(names[name] || {})[active[name]] || active[name]}”`}`;
      lift.addEventListener("click", () => { clear([name]); form.elements[name].focus(); });
      none.append(index ? ", " : "", lift, gained ? ` (${plural(gained)})` : "");
    });
    none.append(".");
  }

  function relabel(counts) {
    for (const facet of FACETS)
      for (const option of form.elements[facet].options)
        if (option.value) set(option, "text", `${option.dataset.name} (${counts[facet][option.value] || 0})`);
  }

  let waiting;
  function later(work) {
    clearTimeout(waiting);
    waiting = setTimeout(work, 150);
  }

  /* The address: read on arrival and on the way back, written as the choice changes. */
  function remember(active) {
    const order = form.elements.order.value;
    const query = new URLSearchParams({ ...active, ...(order && { order }) }).toString();
    const address = `${location.pathname}${query && `?${query}`}${location.hash}`;
    if (address !== location.pathname + location.search + location.hash) history.replaceState(history.state, "", address);
  }

  function recall() {
    const query = new URLSearchParams(location.search);
    const unknown = [];
    for (const name of [...FIELDS, "order"]) {
      const field = form.elements[name];
      const value = query.get(name) || "";
      if (field.type === "checkbox") field.checked = value === field.value;
      else field.value = value;
      if (field.type === "checkbox" || field.value === value) continue;
      field.value = "";
      unknown.push(`${LABELS[name] || name} “${value}”`);
    }
    update();
    if (!unknown.length) return;
    none.hidden = false;
    none.prepend(`The address asks for ${unknown.join(", ")}, which is no choice here and is left out. `);
  }

  function update() {
    prepare();
    reorder();
    filter();
  }

  function clear(fields) {
    for (const name of fields) {
      if (form.elements[name].type === "checkbox") form.elements[name].checked = false;
      else form.elements[name].value = "";
    }
    update();
  }

  let oldest = false;
  function reorder() {
    if (oldest === (form.elements.order.value === "oldest")) return;
    oldest = !oldest;
    const turn = (parent, selector) => parent.append(...[...parent.querySelectorAll(selector)].reverse());
    turn(list, ".tl-year");
    turn(root.querySelector(".tl-years ul"), "li");
    for (const { element } of years) turn(element, ".tl-month");
    for (const month of list.querySelectorAll(".tl-month ul")) turn(month, ".tl-row");
    rows.reverse();
  }

  /* Files of just this selection. */
  const cell = (value) => {
    // A spreadsheet would run a text that begins like a formula.
    const safe = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
    return /[",\n\r]/.test(safe) ? `"${safe.replace(/"/g, '""')}"` : safe;
  };
  const idOf = (row) => row.href.split("/").filter(Boolean).pop();
  const named = (row, facet) => row[facet].map((key) => names[facet][key] || key).join("; ");

  function csv() {
    const head = ["id", "date", "title", ...FACETS, "sources disagree", "address"];
    const lines = selection.map((row) => [
      idOf(row), row.line.dataset.date, row.title, ...FACETS.map((facet) => named(row, facet)), row.disputed ? "yes" : "no", row.href,
    ]);
    return [head, ...lines].map((line) => line.map(cell).join(",")).join("\r\n") + "\r\n";
  }

  const escaped = (text) => text.replace(/[\\;,]/g, "\\$&").replace(/\n/g, "\\n");
  const compact = (day) => day.replace(/-/g, "");
  function dayAfter(day) {
    const date = new Date(`${day}T00:00:00Z`);
    date.setUTCDate(date.getUTCDate() + 1);
    return date.toISOString().slice(0, 10);
  }
  function folded(line) { // RFC 5545: at most 75 octets
    const bytes = new TextEncoder();
    let out = "", width = 0;
    for (const character of line) {
      const size = bytes.encode(character).length;
      if (width + size > 75) { out += "\r\n "; width = 1; }
      out += character;
      width += size;
    }
    return out;
  }
  const EXACT = /^\d{4}-\d{2}-\d{2}(\/\d{4}-\d{2}-\d{2})?$/;
  const hasDay = (row) => EXACT.test(row.line.dataset.date);

  function ics() {
    const stamp = `${compact(root.dataset.asOf)}T000000Z`;
    const lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//kzus//timeline//EN", "CALSCALE:GREGORIAN"];
    for (const row of selection) {
      if (!hasDay(row)) continue; // what has no day has no place in a calendar
      const { first, last } = row.line.dataset;
      lines.push("BEGIN:VEVENT", `UID:${idOf(row)}@kzus`, `DTSTAMP:${stamp}`,
        `DTSTART;VALUE=DATE:${compact(first)}`, `DTEND;VALUE=DATE:${compact(dayAfter(last))}`,
        `SUMMARY:${escaped(row.title)}`, `URL:${row.href}`, "TRANSP:TRANSPARENT");
      if (row.place.length) lines.push(`LOCATION:${escaped(named(row, "place"))}`);
      lines.push("END:VEVENT");
    }
    lines.push("END:VCALENDAR", "");
    return lines.map(folded).join("\r\n");
  }

  function save(text, type, name) {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([text], { type }));
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
  }

  form.addEventListener("focusin", prepare);
  form.addEventListener("input", update);
  form.addEventListener("submit", (event) => event.preventDefault());
  fold.addEventListener("click", () => fold.setAttribute("aria-expanded", String(more.classList.toggle("is-open"))));
  button("reset").addEventListener("click", () => { clear(FIELDS); form.elements.words.focus(); });
  button("csv").addEventListener("click", () => prepare() || save(csv(), "text/csv;charset=utf-8", "timeline.csv"));
  button("ics").addEventListener("click", () => prepare() || save(ics(), "text/calendar;charset=utf-8", "timeline.ics"));
  addEventListener("popstate", recall);
  if (location.search) recall();
})();
