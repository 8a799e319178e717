/** The result: what is not fulfilled and what to do, what is open, what is fine; counts, never one grade. */

import { el } from "./dom.js";
import { headingOf } from "./views.js";

/** @typedef {import("./answers.js").Question} Question */
/** @typedef {import("./api.js").Finding} Finding */
/** @typedef {import("./api.js").Report} Report */
/** @typedef {import("./api.js").Said} Said */
/** @typedef {import("./texts.js").Say} Say */
/** @typedef {Parameters<Say>[0]} TextKey */

const STATUSES = /** @type {const} */ (["fulfilled", "violated", "open", "not_applicable"]);
const MARKS = { fulfilled: "✔", violated: "✘", open: "?", not_applicable: "–" };
const STRENGTHS = ["muss", "soll", "empfohlen", "ideal", "leitbild"];

/**
 * @typedef {object} Outcome
 * @property {Report} report
 * @property {number} answered
 * @property {number} count
 * @property {Question[]} unanswered
 * @property {string | null} fullCheck address of the full check
 * @property {(question: Question) => void} ask
 * @property {() => void} change
 * @property {() => void} restart
 */

/**
 * @param {Say} say
 * @param {number} level
 * @param {Outcome} outcome
 * @returns {import("./views.js").View}
 */
export function resultView(say, level, outcome) {
  const { report, answered, count, fullCheck } = outcome;
  const heading = headingOf(level, "title", { tabindex: "-1" }, say("resultTitle"));
  const node = el(
    "div",
    {},
    heading,
    el("p", {}, say("answered", { answered, count })),
    report.setup.scope_note && el("p", { class: "note", lang: "de" }, report.setup.scope_note),
    countsPart(say, level + 1, report),
    keyPart(say),
    violatedPart(say, level + 1, report),
    openPart(say, level + 1, outcome),
    finePart(say, level + 1, report),
    hintsPart(say, report),
    el(
      "div",
      { class: "actions" },
      fullCheck && el("a", { class: "button main", href: fullCheck }, say("fullCheck")),
      el("button", { type: "button", onclick: outcome.change }, say("change")),
      el("button", { type: "button", onclick: outcome.restart }, say("restart")),
    ),
    footPart(say, report),
  );
  return { node, heading };
}

/**
 * @param {Say} say
 * @param {keyof typeof MARKS} status
 * @param {boolean} [wordMayHide] in a narrow table the word is read, not shown
 */
function statusOf(say, status, wordMayHide = false) {
  const word = el("span", { class: wordMayHide ? "word" : null }, say(status));
  return el("span", { class: `status is-${status}` }, el("span", { class: "mark", "aria-hidden": "true" }, MARKS[status]), word);
}

/**
 * @param {Say} say
 * @param {number} level
 * @param {Report} report
 */
function countsPart(say, level, report) {
  const rows = STRENGTHS.filter((strength) => report.summary.by_strength[strength]).map((strength) => {
    const counts = report.summary.by_strength[strength];
    const name = el("th", { scope: "row" }, strengthOf(say, strength), " ", el("span", { class: "about" }, textFor(say, "about", strength)));
    return el("tr", {}, name, STATUSES.map((status) => el("td", {}, String(counts[status]))));
  });
  const head = STATUSES.map((status) => el("th", { scope: "col" }, statusOf(say, status, true)));
  return el(
    "section",
    {},
    headingOf(level, "section", {}, say("countsTitle")),
    el(
      "div",
      { class: "scroll" },
      el("table", {}, el("thead", {}, el("tr", {}, el("th", { scope: "col" }, say("strength")), head)), el("tbody", {}, rows)),
    ),
  );
}

/** @param {Say} say */
function keyPart(say) {
  const lines = STATUSES.flatMap((status) => [el("dt", {}, statusOf(say, status)), el("dd", {}, say(`key_${status}`))]);
  return el("details", { open: true }, el("summary", {}, say("keyTitle")), el("dl", { class: "key" }, lines));
}

/**
 * @param {Say} say
 * @param {number} level
 * @param {Report} report
 */
function violatedPart(say, level, report) {
  const found = withStatus(report, "violated");
  const groups = STRENGTHS.flatMap((strength) => {
    const here = dueFirst(found.filter((finding) => finding.strength === strength));
    if (!here.length) return [];
    return [
      headingOf(level + 1, "group", {}, `${say("strength")}: ${strengthOf(say, strength)} (${here.length})`),
      el("p", { class: "small" }, textFor(say, "about", strength)),
      el("ul", { class: "findings" }, here.map((finding) => findingPart(say, level + 2, finding))),
    ];
  });
  return el(
    "section",
    {},
    headingOf(level, "section", {}, say("violatedTitle", { count: found.length })),
    groups.length ? groups : el("p", {}, say("violatedNone")),
  );
}

/**
 * @param {Say} say
 * @param {number} level
 * @param {Finding} finding
 */
function findingPart(say, level, finding) {
  /** @type {[string, import("./dom.js").Child][]} */
  const facts = [
    [say("because"), listOf(finding.because.map((because) => sentence(because.text)))],
  ];
  if (finding.interpretation) facts.push([say("interpretation"), german(finding.interpretation)]);
  if (finding.advice) facts.unshift([say("advice"), adviceOf(say, finding.advice)]);
  for (const note of finding.notes) facts.push([say("note"), german(note)]);
  return el(
    "li",
    { class: "finding" },
    headingOf(level, "name", { lang: "de" }, finding.title),
    tagsOf(say, finding),
    el("p", { lang: "de" }, finding.message),
    el(
      "details",
      { class: "more" },
      el("summary", {}, say(finding.advice ? "adviceAndReason" : "because"), el("span", { class: "sr", lang: "de" }, `: ${finding.title}`)),
      el("dl", { class: "facts" }, facts.flatMap(([name, child]) => [el("dt", {}, name), el("dd", {}, child)])),
    ),
  );
}

/**
 * @param {Say} say
 * @param {{text: string, effort: string, by: string[]}} advice
 */
function adviceOf(say, advice) {
  const who = advice.by.map((party) => textFor(say, "party", party)).join(", ");
  return el("span", {}, german(advice.text), " ", el("span", { class: "small" }, `(${who}; ${textFor(say, "effort", advice.effort)})`));
}

/**
 * @param {Say} say
 * @param {number} level
 * @param {Outcome} outcome
 */
function openPart(say, level, { report, unanswered, ask }) {
  const found = withStatus(report, "open");
  const sections = Object.entries(report.sections).flatMap(([key, title]) => {
    const here = found.filter((finding) => finding.section === key);
    return here.length ? [el("details", {}, el("summary", { lang: "de" }, `${title} (${here.length})`), el("ul", {}, here.map(openItem)))] : [];
  });
  const questions = unanswered.map((question) =>
    el("li", {}, el("button", { type: "button", class: "link", lang: "de", onclick: () => ask(question) }, question.question)),
  );
  return el(
    "section",
    {},
    headingOf(level, "section", {}, say("openTitle", { count: found.length })),
    questions.length > 0 && el("p", {}, say("openQuestions")),
    questions.length > 0 && el("ul", {}, questions),
    sections.length > 0 ? el("p", {}, say("openMore")) : el("p", {}, say("openNone")),
    sections,
  );
}

/** @param {Finding} finding */
function openItem(finding) {
  const questions = [...new Set(finding.missing.map((one) => (one.item_label ? `${one.question} (${one.item_label})` : one.question)))];
  return el("li", { lang: "de" }, finding.title, el("span", { class: "about" }, questions.join(" · ")));
}

/**
 * @param {Say} say
 * @param {number} level
 * @param {Report} report
 */
function finePart(say, level, report) {
  const found = dueFirst(withStatus(report, "fulfilled"));
  const title = say("fineTitle", { count: found.length });
  if (!found.length) return el("section", {}, headingOf(level, "section", {}, title), el("p", {}, say("fineNone")));
  const items = found.map((finding) =>
    el(
      "li",
      {},
      el("strong", { lang: "de" }, finding.title),
      tagsOf(say, finding),
      german(finding.message),
    ),
  );
  return el(
    "section",
    {},
    headingOf(level, "section", {}, title),
    el("details", {}, el("summary", {}, say("showAll")), el("ul", { class: "plain" }, items)),
  );
}

/**
 * @param {Say} say
 * @param {Report} report
 */
function hintsPart(say, { hints }) {
  if (!hints.length) return null;
  const items = hints.map((hint) => el("li", {}, german(hint.message), " ", el("span", { class: "small" }, cited(say, hint))));
  return el("details", {}, el("summary", {}, say("hintsTitle", { count: hints.length })), el("ul", { class: "plain" }, items));
}

/**
 * @param {Say} say
 * @param {Report} report
 */
function footPart(say, { rule_base: base, as_of: day, disclaimer }) {
  const asOf = base.guideline_as_of.split("-").reverse().join("/");
  const version = say("version", {
    title: base.title,
    asOf,
    version: base.version,
    digest: base.digest.slice(0, 12),
    day: day.split("-").reverse().join("."),
  });
  return el("div", { class: "foot small" }, el("p", { lang: "de" }, disclaimer), el("p", {}, version));
}

/**
 * Its outcome, its strength with the guideline's own word, and the page.
 * @param {Say} say
 * @param {Finding} finding
 */
function tagsOf(say, finding) {
  const { status, strength, hedge, wording } = finding;
  const how = hedge ? `, ${textFor(say, "hedge", hedge)}` : "";
  return el(
    "div",
    { class: "tags" },
    statusOf(say, status),
    el("span", {}, `${say("strength")}: ${strengthOf(say, strength)}${how} `, el("span", { lang: "de" }, `(„${wording}“)`)),
    el("span", {}, cited(say, finding)),
    finding.due === "later" && el("span", {}, say("later")),
  );
}

/**
 * @param {Say} say
 * @param {Said} said
 */
function cited(say, { source }) {
  const { page } = source;
  const others = new Set(source.passages.map((passage) => passage.page).filter((other) => other !== page));
  const more = [...others].sort((one, other) => one - other).join(", ");
  return say(more ? "pages" : "page", { page, more });
}

/**
 * @param {Say} say
 * @param {string} strength
 */
function strengthOf(say, strength) {
  return textFor(say, "strengths", strength);
}

/**
 * A text for a key of the report.
 * @param {Say} say
 * @param {"about" | "strengths" | "hedge" | "party" | "effort"} group
 * @param {string} key
 */
function textFor(say, group, key) {
  return say(/** @type {TextKey} */ (`${group}_${key}`));
}

/**
 * @param {Report} report
 * @param {keyof typeof MARKS} status
 */
function withStatus(report, status) {
  return report.findings.filter((finding) => finding.status === status);
}

/**
 * In the guideline's order within what is due now and what is due later.
 * @param {Finding[]} findings
 */
function dueFirst(findings) {
  return [...findings.filter((finding) => finding.due === "now"), ...findings.filter((finding) => finding.due !== "now")];
}

/** @param {string[]} texts */
function listOf(texts) {
  return texts.length === 1 ? german(texts[0]) : el("ul", { lang: "de" }, texts.map((text) => el("li", {}, text)));
}

/** @param {string} text */
function sentence(text) {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}

/** @param {string} text */
function german(text) {
  return el("span", { lang: "de" }, text);
}
