// The page to try: reads what a reader fills in, judges it by law.js, and shows bounds and verdict.
(function () {
  "use strict";

  const law = globalThis.envindicatorsLaw;
  const COUNTS = ["satisfied", "failed", "unknown", "unplaced_satisfied", "unplaced_failed", "unplaced_unknown"];
  const WIDTH = 1000n;

  function whole(text) {
    const digits = text.trim();
    return /^[0-9]{1,40}$/.test(digits) ? BigInt(digits) : null;
  }

  function begin(box) {
    const words = JSON.parse(box.dataset.words);
    const form = box.querySelector("form");
    const answer = box.querySelector(".site-try-answer");
    const rows = form.querySelector("tbody");
    const list = box.querySelector(".site-try-told");

    function figure(number) {
      return String(number).replace(/\B(?=(\d{3})+$)/g, words.comma);
    }

    function pointed(text) {
      return text.replaceAll(".", words.point);
    }

    // what was filled in

    function cell(input) {
      const text = input.value.trim();
      const read = text === "" ? null : whole(text);
      const wrong = text !== "" && read === null;
      input.setAttribute("aria-invalid", String(wrong));
      return wrong ? undefined : read;
    }

    function countsTally() {
      const counts = COUNTS.map((name) => {
        const read = whole(form.elements[name].value);
        form.elements[name].setAttribute("aria-invalid", String(read === null));
        return read;
      });
      if (counts.includes(null)) {
        return null;
      }
      const unsized = [...form.querySelectorAll("[name=unsized]:checked")].map((each) => each.value);
      return { counts, unsized: unsized.join() === "out" ? [] : unsized };
    }

    function tableTally() {
      let fine = true;
      const read = [...rows.rows].map((row) => {
        const [, total, part] = row.querySelectorAll("input");
        const made = { total: cell(total), part: cell(part) };
        const above = made.total !== null && made.part !== null && made.part > made.total;
        if (made.total === undefined || made.part === undefined || above) {
          part.setAttribute("aria-invalid", "true");
          fine = false;
        }
        return made;
      });
      return fine ? law.tallyOf(read) : null;
    }

    // what comes of it

    function between([low, high]) {
      if (high === null) {
        return low === 0n ? words.unknown : words.at_least.replace("{low}", figure(low));
      }
      return low === high
        ? figure(low)
        : words.between.replace("{low}", figure(low)).replace("{high}", figure(high));
    }

    function line(name, text) {
      const term = document.createElement("dt");
      const told = document.createElement("dd");
      term.textContent = name;
      told.textContent = text;
      list.append(term, told);
    }

    function place(share) {
      return Number((share.n * WIDTH * 100n) / share.d) / 100;
    }

    function draw(judged, level, label) {
      const svg = answer.querySelector("svg");
      const ends = judged.extremes ?? { least: { n: 0n, d: 1n }, greatest: { n: 0n, d: 1n } };
      const [least, greatest] = [place(ends.least), place(ends.greatest)];
      const set = (selector, given) => {
        for (const [name, value] of Object.entries(given)) {
          svg.querySelector(selector).setAttribute(name, value);
        }
      };
      set(".track", { x: 0, y: 16, width: 1000, height: 32 });
      set(".certain", { x: 0, y: 16, width: least, height: 32 });
      set(".possible", { x: least, y: 16, width: greatest - least, height: 32 });
      const at = Math.min(Math.max(place(level), 2), 998);
      set(".mark", { x1: at, x2: at, y1: 4, y2: 60 });
      svg.setAttribute("aria-label", label);
    }

    function verdictKey(judged) {
      if (judged.verdict === "MET" && judged.exceeded) {
        return judged.ceiling ? "bettered" : "exceeded";
      }
      return judged.verdict.toLowerCase();
    }

    function told(text) {
      answer.querySelector("svg").toggleAttribute("hidden", true);
      list.replaceChildren();
      const verdict = answer.querySelector(".site-try-verdict");
      verdict.textContent = text;
      verdict.className = "site-try-verdict";
    }

    function show() {
      const ofTable = form.elements.what.value === "table";
      form.querySelectorAll("[data-what]").forEach((each) => {
        each.hidden = each.dataset.what !== form.elements.what.value;
      });
      const direction = form.elements.direction.value;
      const level = law.readPercent(form.elements.level.value);
      form.elements.level.setAttribute("aria-invalid", String(level === null));
      if (level === null) {
        return told(words.wrong_level);
      }
      if ((direction === "above" && level.n === level.d) || (direction === "below" && level.n === 0n)) {
        return told(words.no_share);
      }
      const tally = ofTable ? tableTally() : countsTally();
      if (tally === null) {
        return told(words.wrong_count);
      }
      const judged = law.judge(tally, { direction, level });
      const key = verdictKey(judged);
      const nothing = tally.unsized.length > 0 && tally.counts.every((count) => count === 0n);
      const value = judged.verdict === "NOT_APPLICABLE" ? "-" : nothing ? "..." : pointed(law.show(judged, level));
      const limit = `${words.signs[direction]} ${form.elements.level.value.trim()}`;
      const verdict = answer.querySelector(".site-try-verdict");
      verdict.textContent = `${words.verdicts[key]}: ${value}`;
      verdict.className = `site-try-verdict site-try-${words.tones[key]}`;
      answer.querySelector("svg").toggleAttribute("hidden", false);
      draw(judged, level, `${words.value}: ${value}; ${words.level}: ${limit}`);

      list.replaceChildren();
      const [satisfied, failed] = tally.counts;
      if (satisfied + failed > 0n && value.includes("–")) {
        const observed = law.percent(law.fraction(satisfied, satisfied + failed), [level]);
        line(words.observed, pointed(observed));
      }
      if (judged.reason !== null) {
        line(words.reason, words.reasons[judged.reason]);
      }
      if (judged.shortfall !== null && judged.verdict !== "MET") {
        line(judged.ceiling ? words.excess : words.shortfall, between(judged.shortfall));
      }
      if (judged.slack !== null && judged.verdict !== "NOT_MET") {
        line(words.slack, between(judged.slack));
      }
      if (ofTable) {
        const parts = tally.counts.map((count, place) => (count ? `${figure(count)}: ${words.fates[place]}` : null));
        line(words.made, parts.filter(Boolean).join("; ") || words.none);
      }
      return undefined;
    }

    // what can be filled in

    function follow(name) {
      const [slide, typed] = [form.elements[`slide-${name}`], form.elements[name]];
      slide.addEventListener("input", () => {
        typed.value = slide.value;
        show();
      });
      typed.addEventListener("input", () => match(name));
    }

    function match(name) {
      const [slide, typed] = [form.elements[`slide-${name}`], form.elements[name]];
      const read = whole(typed.value);
      if (read !== null) {
        slide.max = String(read > 100n ? Number(read) * 2 : 200);
        slide.value = String(read);
      }
    }

    function input(label, value) {
      const made = document.createElement("input");
      made.type = "text";
      made.value = value ?? "";
      made.autocomplete = "off";
      made.setAttribute("aria-label", label);
      return made;
    }

    function addRow([area, total, part]) {
      const row = rows.insertRow();
      const named = input(words.area, area);
      row.insertCell().append(named);
      for (const [label, value] of [[words.total, total], [words.part, part]]) {
        const made = input(label, value);
        made.inputMode = "numeric";
        row.insertCell().append(made);
      }
      const remove = document.createElement("button");
      remove.type = "button";
      remove.textContent = words.remove;
      remove.addEventListener("click", () => {
        row.remove();
        form.elements.add.focus();
        show();
      });
      row.insertCell().append(remove);
    }

    function take(example) {
      COUNTS.forEach((name, place) => {
        form.elements[name].value = example.counts[place];
        match(name);
      });
      form.querySelectorAll("[name=unsized]").forEach((each) => {
        each.checked = example.unsized.includes(each.value);
      });
      form.elements.direction.value = example.direction;
      form.elements.level.value = pointed(example.level);
      form.elements.what.value = "tally";
      show();
    }

    const examples = [...box.querySelectorAll("[data-case]")];
    for (const row of examples) {
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = words.example;
      button.addEventListener("click", () => {
        take(JSON.parse(row.dataset.case));
        form.scrollIntoView();
        form.elements.satisfied.focus({ preventScroll: true });
      });
      row.cells[0].append(document.createElement("br"), button);
    }
    COUNTS.forEach(follow);
    words.rows_given.forEach(addRow);
    form.elements.add.addEventListener("click", () => {
      addRow([]);
      rows.rows[rows.rows.length - 1].querySelector("input").focus();
      show();
    });
    form.addEventListener("input", show);
    form.addEventListener("submit", (event) => event.preventDefault());
    form.hidden = false;
    answer.hidden = false;
    take(JSON.parse(examples[2].dataset.case));
  }

  document.querySelectorAll(".site-try").forEach(begin);
})();
