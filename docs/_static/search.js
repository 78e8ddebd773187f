// Search without diacritics, in every language of the site: words meet bare, and excerpts show where they met.
(function () {
  "use strict";

  const bare = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").replace(/đ/g, "d").replace(/Đ/g, "D");
  // letter by letter, so that a place in the folded text is the same place in the text
  const folded = (text) => Array.from(text, (letter) => (bare(letter).toLowerCase() + letter).slice(0, letter.length)).join("");

  const Plain = window.Stemmer || Stemmer;
  window.Stemmer = function () {
    const plain = new Plain();
    this.stemWord = (word) => plain.stemWord(bare(word));
  };

  const BEFORE = 100;
  const LENGTH = 260;

  Search.makeSearchSummary = (html, keywords, anchor) => {
    const text = Search.htmlToText(html, anchor).normalize("NFC").replace(/\s+/g, " ").trim();
    if (text === "") return null;
    const words = [...keywords].filter((word) => word.length > 1);
    const plain = folded(text);
    const places = words.map((word) => plain.indexOf(word)).filter((place) => place > -1);
    // where all of them stand side by side, if they do; else where the rarest begins
    const together = plain.indexOf(words.join(" "));
    const first = Math.max((together > -1 ? together : Math.max(0, ...places)) - BEFORE, 0);
    const shown = text.substr(first, LENGTH);
    const summary = document.createElement("p");
    summary.classList.add("context");
    summary.append(first > 0 ? "… " : "");
    let done = 0;
    if (words.length) {
      const any = new RegExp(words.map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")).join("|"), "g");
      for (const met of folded(shown).matchAll(any)) {
        const mark = document.createElement("mark");
        mark.textContent = shown.substr(met.index, met[0].length);
        summary.append(shown.slice(done, met.index), mark);
        done = met.index + met[0].length;
      }
    }
    summary.append(shown.slice(done), first + LENGTH < text.length ? " …" : "");
    return summary;
  };
})();
