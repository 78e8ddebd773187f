// Pages that fit what is typed into the search box, below it: the index is loaded when the box is first used.
(function () {
  "use strict";

  const input = document.querySelector("input.sidebar-search");
  if (!input || document.getElementById("search-results")) return;
  const SCRIPTS = ["_static/searchtools.js", "_static/language_data.js", "_static/search.js", "searchindex.js"];
  const MOST = 8;
  const root = document.documentElement.dataset.content_root;
  const list = document.createElement("ul");
  list.className = "site-suggestions";
  list.setAttribute("aria-label", input.getAttribute("aria-label"));
  list.hidden = true;
  input.form.append(list);
  input.autocomplete = "off";

  function run(path) {
    return new Promise((done, failed) => {
      const script = document.createElement("script");
      script.src = root + path;
      script.onload = done;
      script.onerror = failed;
      document.body.append(script);
    });
  }

  // the script of the search page empties every box that has the name of the query
  const name = input.name;
  const named = () => input.setAttribute("name", name);
  let loading = null;
  function load() {
    if (!loading) {
      input.removeAttribute("name");
      loading = SCRIPTS.reduce((before, path) => before.then(() => run(path)), Promise.resolve()).finally(named);
    }
    return loading;
  }

  function found(words) {
    const seen = new Set();
    const asked = Search._parseQuery(words);
    return Search._performSearch(...asked)
      .reverse()
      .map(([page, title, anchor]) => ({ title, address: root + page + DOCUMENTATION_OPTIONS.LINK_SUFFIX + anchor }))
      .filter(({ address }) => !seen.has(address) && seen.add(address))
      .slice(0, MOST);
  }

  function show() {
    const words = input.value.trim();
    list.replaceChildren(
      ...(words.length < 2 ? [] : found(words)).map(({ title, address }) => {
        const item = document.createElement("li");
        const link = document.createElement("a");
        link.href = address;
        link.textContent = title;
        item.append(link);
        return item;
      }),
    );
    list.hidden = !list.children.length;
  }

  input.addEventListener("focus", () => load().catch(() => {}));
  input.addEventListener("input", () => load().then(show, () => {}));
  input.form.addEventListener("submit", named);
  input.form.addEventListener("keydown", (event) => {
    const places = [input, ...list.querySelectorAll("a")];
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (event.key === "Escape") {
      list.hidden = true;
      input.focus();
    } else if (step && !list.hidden) {
      event.preventDefault();
      const next = places[places.indexOf(document.activeElement) + step];
      if (next) next.focus();
    }
  });
  input.form.addEventListener("focusout", (event) => {
    if (!input.form.contains(event.relatedTarget)) list.hidden = true;
  });
})();
