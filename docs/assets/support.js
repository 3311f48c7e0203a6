// Makes the table of reference/support.md searchable: by text, by platform and by what a cell says.
(() => {
  "use strict";

  const STATES = { "✓": "yes", "○": "host", "–": "no" };
  const LABELS = {
    "": "any state",
    yes: "✓ on the phone",
    host: "○ not on the phone yet",
    no: "– not on the platform",
  };

  const place = document.getElementById("support-filter");
  const table = place && place.closest("section").querySelector("table");
  if (!table) return;

  const platforms = [...table.tHead.rows[0].cells].slice(2).map((cell) => cell.textContent.trim());
  const rows = [...table.tBodies[0].rows].map(readRow);

  const text = document.createElement("input");
  text.type = "search";
  text.placeholder = "member or group";
  text.setAttribute("aria-label", "member or group");
  const platform = choice("platform", { "": "any platform", ...Object.fromEntries(platforms.map((name) => [name, name])) });
  const state = choice("state", LABELS);
  const count = document.createElement("output");
  place.className = "filter";
  place.append(text, platform, state, count);

  fromAddress();
  show();
  place.addEventListener("input", () => {
    toAddress();
    show();
  });
  window.addEventListener("hashchange", () => {
    fromAddress();
    show();
  });

  function readRow(row) {
    const cells = [...row.cells];
    const states = cells.slice(2).map((cell) => {
      const found = STATES[cell.textContent.trim()];
      cell.classList.add(found);
      return found;
    });
    return { row, states, words: `${cells[0].textContent} ${cells[1].textContent}`.toLowerCase() };
  }

  function choice(name, options) {
    const made = document.createElement("select");
    made.setAttribute("aria-label", name);
    for (const [value, label] of Object.entries(options)) made.add(new Option(label, value));
    return made;
  }

  function show() {
    const wanted = text.value.toLowerCase().split(/\s+/).filter(Boolean);
    const column = platforms.indexOf(platform.value);
    let shown = 0;
    for (const { row, states, words } of rows) {
      const asked = column < 0 ? states : [states[column]];
      const fits = wanted.every((word) => words.includes(word)) && (!state.value || asked.includes(state.value));
      row.hidden = !fits;
      shown += fits;
    }
    highlight(column);
    count.textContent = `${shown} of ${rows.length}`;
  }

  function highlight(column) {
    for (const row of table.rows) {
      [...row.cells].forEach((cell, index) => {
        cell.hidden = column >= 0 && index >= 2 && index !== column + 2;
      });
    }
  }

  // The filter stands in the address, so that a link to it can be passed on.
  function fromAddress() {
    const asked = new URLSearchParams(location.hash.slice(1));
    text.value = asked.get("text") ?? "";
    platform.value = asked.get("platform") ?? "";
    state.value = asked.get("state") ?? "";
  }

  function toAddress() {
    const asked = Object.entries({ text: text.value, platform: platform.value, state: state.value });
    const given = new URLSearchParams(asked.filter(([, value]) => value));
    history.replaceState(null, "", `#${given}`);
  }
})();
