// What scrolls by itself can be reached from the keyboard; the switch of language keeps the place and the search.
(function () {
  "use strict";

  const SCROLLS = ".table-wrapper, .site-formula, .ei-formula, .cell_output, .ei-card, .highlight pre";

  function reach() {
    document.querySelectorAll(SCROLLS).forEach((each) => {
      if (each.scrollWidth > each.clientWidth) {
        each.setAttribute("tabindex", "0");
      } else {
        each.removeAttribute("tabindex");
      }
    });
  }

  reach();
  window.addEventListener("resize", reach);
  window.addEventListener("load", reach);

  document.querySelectorAll(".site-languages a").forEach((link) => {
    link.addEventListener("click", () => {
      link.href = link.href.split(/[?#]/)[0] + window.location.search + window.location.hash;
    });
  });
})();
