// What a tally means for a level: the law of envindicators.algebra.margin, in whole numbers without limit.
// docs/checks/test_try.py holds it against the library.
(function (root) {
  "use strict";

  const OUTCOMES = ["out", "satisfied", "failed"];

  function gcd(one, other) {
    while (other) {
      [one, other] = [other, one % other];
    }
    return one;
  }

  function fraction(n, d) {
    const common = gcd(n, d) || 1n;
    return { n: n / common, d: d / common };
  }

  function compare(one, other) {
    const difference = one.n * other.d - other.n * one.d;
    return difference > 0n ? 1 : difference < 0n ? -1 : 0;
  }

  function floor(n, d) {
    const whole = n / d;
    return n % d !== 0n && n < 0n ? whole - 1n : whole;
  }

  // Read "98%", "98.5%" or "98,5%" as a fraction; null for anything else, and for more than 100%.
  function readPercent(text) {
    const read = /^([0-9]+)(?:[.,]([0-9]+))? ?%$/.exec(text.trim());
    if (read === null) {
      return null;
    }
    const decimals = read[2] ?? "";
    const level = fraction(BigInt(read[1] + decimals), 100n * 10n ** BigInt(decimals.length));
    return compare(level, { n: 1n, d: 1n }) > 0 ? null : level;
  }

  // The sharp bounds of the share, each with whether a completion reaches it; null where there is no population.
  function extremes(tally) {
    const [satisfied, failed, unknown, someSatisfied, someFailed, someUnknown] = tally.counts;
    const placed = satisfied + failed + unknown;
    const lowBase = placed + someFailed + someUnknown;
    const high = satisfied + unknown + someSatisfied + someUnknown;
    const highBase = placed + someSatisfied + someUnknown;
    let least = null;
    let greatest = null;
    if (tally.unsized.includes("failed")) {
      least = { n: 0n, d: 1n, reached: satisfied === 0n };
    } else if (lowBase) {
      least = { ...fraction(satisfied, lowBase), reached: true };
    }
    if (tally.unsized.includes("satisfied")) {
      greatest = { n: 1n, d: 1n, reached: failed === 0n };
    } else if (highBase) {
      greatest = { ...fraction(high, highBase), reached: true };
    }
    return least === null && greatest === null ? null : { least: least ?? greatest, greatest: greatest ?? least };
  }

  // The least and the greatest of numerator − level × denominator, times the level's denominator.
  function margin(tally, level) {
    const [satisfied, failed, unknown, someSatisfied, someFailed, someUnknown] = tally.counts;
    const satisfiedOpen = tally.unsized.includes("satisfied");
    const failedOpen = tally.unsized.includes("failed");
    const loss = level.n;
    const gain = level.d - level.n;
    const either = unknown + someUnknown;
    const good = satisfied + either + someSatisfied;
    const bad = failed + either + someFailed;
    const worstEmpty = satisfied + bad === 0n && !failedOpen;
    const bestEmpty = failed + good === 0n && !satisfiedOpen;
    const sinks = failedOpen && loss > 0n;
    const soars = satisfiedOpen && gain > 0n;
    return {
      least: (sinks ? 0n : satisfied * gain - bad * loss) + (worstEmpty && !bestEmpty ? gain : 0n),
      greatest: (soars ? 0n : good * gain - failed * loss) - (bestEmpty && !worstEmpty ? loss : 0n),
      sinks,
      soars,
      exists: !(worstEmpty && bestEmpty),
      perhapsEmpty: satisfied + failed + unknown === 0n,
      scale: level.d,
    };
  }

  function turned(from) {
    return { ...from, least: -from.greatest, greatest: -from.least, sinks: from.soars, soars: from.sinks };
  }

  function possible(from, strict) {
    const verdicts = new Set();
    if (from.exists && (from.soars || (strict ? from.greatest > 0n : from.greatest >= 0n))) {
      verdicts.add("MET");
    }
    if (from.exists && (from.sinks || (strict ? from.least <= 0n : from.least < 0n))) {
      verdicts.add("NOT_MET");
    }
    if (from.perhapsEmpty) {
      verdicts.add("NOT_APPLICABLE");
    }
    return verdicts;
  }

  function missing(value, scale, strict) {
    if (strict) {
      return value <= 0n ? floor(-value, scale) + 1n : 0n;
    }
    return value < 0n ? -floor(value, scale) : 0n;
  }

  function spare(value, scale, strict) {
    return value > 0n ? floor(value - (strict ? 1n : 0n), scale) : 0n;
  }

  function reason(tally, from) {
    if (tally.unsized.length) {
      return "not_reported";
    }
    if (from.perhapsEmpty) {
      return "perhaps_empty";
    }
    return tally.counts.slice(3).some((count) => count > 0n) ? "unplaced_units" : "unknown_values";
  }

  // Judge a tally, {counts: six BigInts, unsized: outcomes}, by {direction, level}.
  function judge(tally, threshold) {
    const strict = threshold.direction === "above" || threshold.direction === "below";
    const ceiling = threshold.direction === "at_most" || threshold.direction === "below";
    const straight = margin(tally, threshold.level);
    const from = ceiling ? turned(straight) : straight;
    const verdicts = possible(from, strict);
    const verdict = verdicts.size === 1 ? [...verdicts][0] : "UNDETERMINED";
    const strictly = possible(from, true);
    const passes = strictly.has("MET");
    let shortfall = null;
    let slack = null;
    if (from.exists) {
      const open = from.perhapsEmpty || from.soars;
      shortfall = [
        open ? 0n : missing(from.greatest, from.scale, strict),
        from.sinks ? null : missing(from.least, from.scale, strict),
      ];
      slack = [
        from.perhapsEmpty ? 0n : spare(from.least, from.scale, strict),
        from.soars ? null : spare(from.greatest, from.scale, strict),
      ];
    }
    return {
      extremes: extremes(tally),
      verdict,
      exceeded: passes ? (strictly.size === 1 ? true : null) : false,
      ceiling,
      reason: verdict === "UNDETERMINED" ? reason(tally, from) : null,
      shortfall,
      slack,
    };
  }

  function hasDecimals(share) {
    let rest = share.d;
    for (const prime of [2n, 5n]) {
      while (rest % prime === 0n) {
        rest /= prime;
      }
    }
    return rest === 1n;
  }

  function rounded(n, d, rounding) {
    if (rounding === "down") {
      return floor(n, d);
    }
    return rounding === "up" ? -floor(-n, d) : floor(2n * n + d, 2n * d);
  }

  // Write a share as a percentage that stays on its own side of 0%, 100% and every mark; with a point.
  function percent(share, marks, rounding = "half_up", digits = 2) {
    const against = [
      { n: 0n, d: 1n },
      { n: 1n, d: 1n },
      ...marks.filter((mark) => compare(mark, share) !== 0 || hasDecimals(share)),
    ];
    for (let places = digits; ; places += 1) {
      const scale = 100n * 10n ** BigInt(places);
      const shown = { n: rounded(share.n * scale, share.d, rounding), d: scale };
      if (against.every((mark) => compare(shown, mark) === compare(share, mark))) {
        const unit = 10n ** BigInt(places);
        let text = `${shown.n / unit}`;
        if (places) {
          text += `.${String(shown.n % unit).padStart(places, "0")}`;
        }
        if (places && compare(shown, share) === 0) {
          text = text.replace(/\.?0+$/, "");
        }
        return `${text}%`;
      }
    }
  }

  // Write what shares a judgement allows, the ends rounded outwards; nothing without a population.
  function show(judged, level) {
    if (judged.extremes === null) {
      return "";
    }
    const { least, greatest } = judged.extremes;
    if (compare(least, greatest) === 0) {
      return percent(least, [level]);
    }
    const low = percent(least, [level], "down");
    const high = percent(greatest, [level], "up");
    return `${least.reached ? "" : ">"}${low}–${greatest.reached ? "" : "<"}${high}`;
  }

  // The tally of a table of one part: rows {total, part}, BigInts or null where a cell is blank.
  function tallyOf(rows) {
    const counts = [0n, 0n, 0n, 0n, 0n, 0n];
    const unsized = new Set();
    for (const { total, part } of rows) {
      if (total === null) {
        counts[0] += part ?? 0n;
        const open = part === null ? OUTCOMES : ["failed"];
        open.forEach((outcome) => unsized.add(outcome));
      } else if (part === null) {
        counts[2] += total;
      } else {
        counts[0] += part;
        counts[1] += total - part;
      }
    }
    return { counts, unsized: OUTCOMES.filter((outcome) => unsized.has(outcome)) };
  }

  root.envindicatorsLaw = { OUTCOMES, compare, fraction, readPercent, judge, percent, show, tallyOf };
})(globalThis);
