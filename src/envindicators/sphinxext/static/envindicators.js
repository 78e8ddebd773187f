// A table of duties can be filtered. Without this script it is whole; the address keeps what was chosen.
(function () {
  "use strict";

  const KEY = "ei-is-";

  function keyOf(cell) {
    const found = [...cell.classList].find((name) => name.startsWith(KEY));
    return found === undefined ? "" : found.slice(KEY.length);
  }

  function choice(name, label, options, words, change) {
    const chosen = document.createElement("select");
    chosen.name = name;
    chosen.append(new Option(words.all, ""));
    for (const [key, text] of options) {
      chosen.append(new Option(text, key));
    }
    chosen.value = new URLSearchParams(location.search).get(name) ?? "";
    if (chosen.selectedIndex < 0) {
      chosen.value = "";
    }
    chosen.addEventListener("change", change);
    const named = document.createElement("label");
    named.append(`${label} `, chosen);
    return named;
  }

  function filter(box) {
    const words = JSON.parse(box.dataset.words);
    const columns = JSON.parse(box.dataset.columns);
    const rows = [...box.querySelectorAll("tbody tr")];
    const heads = [...box.querySelectorAll("thead th")];
    const form = document.createElement("form");
    const count = document.createElement("output");

    function show() {
      const query = new URLSearchParams(location.search);
      let shown = 0;
      for (const row of rows) {
        const fits = Object.entries(columns).every(([place, name]) => {
          const wanted = form.elements[name].value;
          return wanted === "" || wanted === keyOf(row.cells[place]);
        });
        row.hidden = !fits;
        shown += fits ? 1 : 0;
      }
      count.textContent = words.count.replace("{shown}", shown).replace("{all}", rows.length);
      for (const name of Object.values(columns)) {
        if (form.elements[name].value === "") {
          query.delete(name);
        } else {
          query.set(name, form.elements[name].value);
        }
      }
      const asked = query.size ? `?${query}` : "";
      history.replaceState(null, "", `${location.pathname}${asked}${location.hash}`);
    }

    for (const [place, name] of Object.entries(columns)) {
      const options = new Map(rows.map((row) => [keyOf(row.cells[place]), row.cells[place].textContent.trim()]));
      form.append(choice(name, heads[place].textContent.trim(), options, words, show));
    }
    form.className = "ei-choices";
    form.addEventListener("submit", (event) => event.preventDefault());
    form.append(count);
    box.prepend(form);
    show();
  }

  document.querySelectorAll(".ei-filter").forEach(filter);
})();
