/* Any date: finds the answer for a day in the published file, which holds for every list the days
   on which it changes. No rule of the record is repeated here. The page as built answers for the
   edition's own day, with the same markup. */
"use strict";
(() => {
  const root = document.getElementById("on");
  if (!root) return;
  const form = root.querySelector("form");
  const field = form.elements.date;
  const status = root.querySelector(".on-day");
  const answer = root.querySelector(".on-answer");
  const DAY = 86400000;
  const MONTHS = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];

  function make(tag, className, ...children) {
    const element = document.createElement(tag);
    if (className) element.className = className;
    element.append(...children);
    return element;
  }
  const link = (kind, id, title) => {
    const element = make("a", "", title);
    element.href = `${root.dataset.root}${kind}/${id}/`;
    return element;
  };
  const when = (words) => make("span", "kz-when", words);
  const inWords = (day) => `${Number(day.slice(8))} ${MONTHS[Number(day.slice(5, 7)) - 1]} ${day.slice(0, 4)}`;
  const plusDays = (day, days) => new Date(Date.parse(day) + days * DAY).toISOString().slice(0, 10);

  function plusMonths(day, months) {
    const date = new Date(`${day}T00:00:00Z`);
    const last = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + months + 1, 0));
    last.setUTCDate(Math.min(date.getUTCDate(), last.getUTCDate()));
    return last.toISOString().slice(0, 10);
  }

  /* The last turn at or before the day; ISO days compare as text. */
  const holds = (turns, day) => turns.filter((turn) => turn[0] <= day).pop();

  function posts(data, day) {
    const table = make("table", "kz-table on-posts");
    const head = make("tr", "");
    for (const [side, name] of [["us", "United States"], ["kz", "Kazakhstan"]]) {
      const cell = make("th", `kz-${side}`, name);
      cell.scope = "col";
      head.append(cell);
    }
    table.append(make("thead", "", head));
    for (const pair of new Set(data.posts.map((post) => post.pair))) {
      const name = make("th", "", pair);
      name.colSpan = 2;
      name.scope = "rowgroup";
      const cells = ["US", "KZ"].map((side) => make("td", "", ...data.posts.filter((post) => post.pair === pair && post.side === side).flatMap((post) => held(post, day))));
      table.append(make("tbody", "", make("tr", "", name), make("tr", "", ...cells)));
    }
    return table;
  }

  const UNSURE = { perhaps: "; not settled to the day", seen: "; no source shows since when or until when" };
  function held(post, day) {
    const people = (holds(post.turns, day) || [day, []])[1];
    if (!people.length) return [make("span", "kz-muted", "not shown by any source we hold")];
    return people.map(([id, name, level, words]) =>
      make("span", level === "held" ? "on-one" : "on-one on-unsure", link("people", id, name), " ", when(words + (UNSURE[level] || ""))));
  }

  function standing(data, day, code, words) {
    const found = data.agreements
      .map((one) => [one, holds(one.turns, day)])
      .filter(([, state]) => state && state[1] === code)
      .map(([one, state]) => make("li", "", link("agreements", one.id, one.title), " ", when(state[2])));
    return make("details", "", make("summary", "", make("strong", "", String(found.length)), words), make("ul", "kz-list", ...found));
  }

  const line = (event) => [when(event.words), " ", link("events", event.id, event.title)];
  function events(found, empty) {
    if (!found.length) return make("p", "kz-empty", empty);
    return make("ul", "kz-list", ...found.map((event) => make("li", "", ...line(event))));
  }

  function sessions(data, day) {
    const rounds = data.events.filter((event) => event.dialogue);
    const then = rounds.filter((event) => event.first <= day && event.last >= day);
    const before = rounds.filter((event) => event.last < day).pop();
    const after = rounds.find((event) => event.first > day);
    const none = () => [make("span", "kz-muted", "the record knows of none")];
    return make("ul", "kz-list",
      ...then.map((event) => make("li", "", event.exact ? "That day: " : "Perhaps then: ", ...line(event))),
      ...[["Last: ", before], ["Next: ", after]].map(([name, event]) => make("li", "", name, ...(event ? line(event) : none()))));
  }

  function show(data, day) {
    const exact = data.events.filter((event) => event.exact);
    const weekday = (new Date(day).getUTCDay() + 6) % 7;
    const [monday, sunday] = [plusDays(day, -weekday), plusDays(day, 6 - weekday)];
    const week = exact.filter((event) => event.first <= sunday && event.last >= monday);
    const same = exact.filter((event) => event.first.slice(4) === day.slice(4) && event.first.slice(0, 4) !== day.slice(0, 4));
    const block = (title, ...content) => make("section", "on-block", make("h2", "", title), ...content);
    const open = [...answer.querySelectorAll("details")].map((part) => part.open);
    answer.replaceChildren(
      block("Who held the main posts", posts(data, day)),
      block("Agreements", standing(data, day, "in-force", " shown to be in force"), standing(data, day, "not-shown", " made, of which no source we hold shows whether they were in force")),
      block("Dialogue", sessions(data, day)),
      block("That week", events(week, "No event of that week in the record.")),
      block("That day in other years", events(same, "Nothing on that day in other years.")));
    answer.querySelectorAll("details").forEach((part, index) => { part.open = open[index] || false; });
    status.replaceChildren("On ", make("strong", "", inWords(day)), ", as far as the record shows");
  }

  let data;
  const known = (day) => /^\d{4}-\d{2}-\d{2}$/.test(day) && !Number.isNaN(Date.parse(day)) && plusDays(day, 0) === day;
  const within = (day) => (day < field.min ? field.min : day > field.max ? field.max : day);

  async function go(day, write = true) {
    field.value = day;
    if (write) history.replaceState(history.state, "", `${location.pathname}?date=${day}`);
    try {
      data = data || (await (await fetch(root.dataset.source)).json());
    } catch {
      status.textContent = "The record could not be loaded. The pages of whole years below need no loading.";
      return;
    }
    if (field.value === day) show(data, day);
  }

  function asked() {
    const day = new URLSearchParams(location.search).get("date");
    if (day === null) return;
    if (known(day)) go(within(day), within(day) !== day);
    else status.textContent = `“${day}” is no day: write it as ${field.max}.`;
  }

  form.addEventListener("submit", (event) => event.preventDefault());
  field.addEventListener("change", () => { if (known(field.value)) go(within(field.value)); });
  form.addEventListener("click", (event) => {
    if (!event.target.dataset.step) return;
    const [number, unit] = event.target.dataset.step.split(" ");
    const from = known(field.value) ? field.value : field.max;
    go(within(unit === "d" ? plusDays(from, Number(number)) : plusMonths(from, Number(number))));
  });
  addEventListener("popstate", asked);
  asked();
})();
