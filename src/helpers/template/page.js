// Sorting by a click on a column's head, and one filter for all tables, charts and texts of the page.
(() => {
  "use strict";
  const words = JSON.parse(document.getElementById("words").textContent);

  const cellKey = (row, column) => {
    const cell = row.cells[column];
    return cell.dataset.sort ?? cell.textContent.trim();
  };
  const compare = (a, b) => {
    const [x, y] = [Number(a), Number(b)];
    if (a !== "" && b !== "" && !Number.isNaN(x) && !Number.isNaN(y)) return x - y;
    return a.localeCompare(b, "zh");
  };
  const sortBy = (table, column, heading) => {
    const descending = heading.getAttribute("aria-sort") === "ascending";
    for (const other of table.tHead.rows[0].cells) other.removeAttribute("aria-sort");
    heading.setAttribute("aria-sort", descending ? "descending" : "ascending");
    const rows = [...table.tBodies[0].rows];
    rows.sort((a, b) => compare(cellKey(a, column), cellKey(b, column)) * (descending ? -1 : 1));
    table.tBodies[0].append(...rows);
  };
  for (const table of document.querySelectorAll(".zb-table table:not(.zb-matrix)")) {
    [...table.tHead.rows[0].cells].forEach((heading, column) => {
      const button = document.createElement("button");
      button.type = "button";
      button.append(...heading.childNodes);
      heading.append(button);
      button.addEventListener("click", () => sortBy(table, column, heading));
    });
  }

  const box = document.getElementById("filters");
  const rows = [...document.querySelectorAll("tr[data-row]")];
  if (!rows.length) return;
  const marks = [...document.querySelectorAll(".zb-mark[data-row], a.zb-figure[data-row]")];
  const keys = [...document.querySelectorAll(".zb-keys a[data-row]")];
  const others = [...document.querySelectorAll("tr[data-place]:not([data-row])")];
  const byId = new Map(rows.map((row) => [row.dataset.row, row]));
  const facts = (element) => byId.get(element.dataset.row)?.dataset ?? element.dataset;

  const choice = (name, label) => {
    const select = document.createElement("select");
    select.setAttribute("aria-label", label);
    select.append(new Option(label, ""));
    const values = [...new Set(rows.map((row) => row.dataset[name]).filter(Boolean))];
    if (name !== "kind") values.sort((a, b) => a.localeCompare(b, "zh"));
    for (const value of values) select.append(new Option(words.kinds[value] ?? value, value));
    if (values.length > 1) box.append(select);
    return [name, select];
  };
  const choices = [choice("kind", words.kind), choice("place", words.place), choice("year", words.year)];
  const search = document.createElement("input");
  search.type = "search";
  search.placeholder = words.search;
  search.setAttribute("aria-label", words.search);
  const shown = document.createElement("output");
  box.append(search, shown);
  box.hidden = false;

  const {scripts} = words;
  const simplified = new Map([...scripts.traditional].map((character, place) => [character, scripts.simplified[place]]));
  const folded = (text) => [...text.toLowerCase()].map((character) => simplified.get(character) ?? character).join("");
  const said = (row) => [...row.cells].filter((cell) => !cell.matches(".zb-fix")).map((cell) => cell.textContent);
  const texts = new Map([...rows, ...others].map((row) => [row, folded(said(row).join(" "))]));
  for (const key of keys) texts.set(key, folded(key.textContent));
  const update = () => {
    const sought = folded(search.value.trim());
    const fits = (data, only) =>
      choices.every(([name, select]) => !select.value || (only && data[name] === undefined) || data[name] === select.value);
    let count = 0;
    for (const row of rows) {
      row.hidden = !(fits(row.dataset) && texts.get(row).includes(sought));
      if (!row.hidden) count += 1;
    }
    for (const mark of marks) {
      const row = byId.get(mark.dataset.row);
      mark.classList.toggle("zb-off", row ? row.hidden : !fits(facts(mark), true));
    }
    for (const row of others) row.hidden = !(fits(row.dataset, true) && texts.get(row).includes(sought));
    for (const key of keys) {
      const row = byId.get(key.dataset.row);
      key.parentElement.hidden = row ? row.hidden : !(fits(key.dataset, true) && texts.get(key).includes(sought));
    }
    if (count === 0) shown.value = words.none;
    else shown.value = count === rows.length ? "" : `${count}/${rows.length}`;
  };
  for (const [, select] of choices) select.addEventListener("change", update);
  search.addEventListener("input", update);
})();
