// What scrolls by itself says so, and can be reached from the keyboard; the switch of language keeps the place and the search.
(function () {
  "use strict";

  const SCROLLS =
    ".table-wrapper, .domainindex-table, .site-formula, .ei-formula, .cell_output, .ei-card, .ei-scroll, .site-drawn, .highlight pre";
  const SIGN = { vi: "⇆ Kéo ngang để xem hết", en: "⇆ Scroll sideways to see all" };
  const article = document.querySelector("article");
  const words = SIGN[(article && article.lang) || document.documentElement.lang] || SIGN.en;

  function reach() {
    document.querySelectorAll(SCROLLS).forEach((each) => {
      const cut = each.scrollWidth > each.clientWidth + 1;
      if (cut) {
        each.setAttribute("tabindex", "0");
      } else {
        each.removeAttribute("tabindex");
      }
      let sign = each.previousElementSibling;
      if (!sign || !sign.classList.contains("site-sideways")) {
        if (!cut) return;
        sign = document.createElement("p");
        sign.className = "site-sideways";
        sign.textContent = words;
        each.before(sign);
      }
      sign.hidden = !cut;
    });
  }

  // a column of sentences is not squeezed to a word a line
  document.querySelectorAll("article table.docutils td").forEach((cell) => {
    if (cell.textContent.trim().length > 24) cell.classList.add("site-long");
  });

  reach();
  window.addEventListener("resize", reach);
  window.addEventListener("load", reach);
  document.querySelectorAll("details").forEach((each) => each.addEventListener("toggle", reach));

  document.querySelectorAll(".site-languages a").forEach((link) => {
    link.addEventListener("click", () => {
      link.href = link.href.split(/[?#]/)[0] + window.location.search + window.location.hash;
    });
  });
})();
