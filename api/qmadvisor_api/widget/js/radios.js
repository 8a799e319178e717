/** Groups of radio buttons: yes and no, one of several, yes and no for each of several. */

import { UNKNOWN } from "./answers.js";
import { el, newId, showProblem } from "./dom.js";

/** @typedef {import("./answers.js").Answer} Answer */
/** @typedef {import("./answers.js").Question} Question */
/** @typedef {import("./texts.js").Say} Say */
/** @typedef {{value: Answer} | null} Reading null: there is a problem, and it is shown */
/** @typedef {{nodes: HTMLElement[], read: () => Reading, refuse: (text: string) => void}} Control */

/**
 * @param {string} name
 * @param {[string, string, string?][]} options value, label, language of the label
 * @param {string | null} chosen
 * @returns {{node: HTMLElement, value: () => string | null}}
 */
export function radios(name, options, chosen) {
  const inputs = options.map(([value]) => {
    return /** @type {HTMLInputElement} */ (el("input", { type: "radio", name, value, checked: value === chosen }));
  });
  const labels = options.map(([, label, lang], at) => el("label", { class: "option" }, inputs[at], el("span", { lang }, label)));
  return {
    node: el("div", { class: "options" }, labels),
    value: () => inputs.find((input) => input.checked)?.value ?? null,
  };
}

/**
 * Yes, no, or not known yet.
 * @param {Say} say
 * @param {Answer | null | undefined} answer
 */
export function yesNo(say, answer) {
  const chosen = answer === true ? "yes" : answer === false ? "no" : answer === UNKNOWN ? "unknown" : null;
  const group = radios(newId(), [["yes", say("yes")], ["no", say("no")], ["unknown", say("unknown")]], chosen);
  /** @type {Record<string, boolean | typeof UNKNOWN>} */
  const values = { yes: true, no: false, unknown: UNKNOWN };
  return {
    node: group.node,
    /** @returns {boolean | typeof UNKNOWN | undefined} */
    value: () => values[group.value() ?? ""],
  };
}

/**
 * @param {Say} say
 * @param {Answer | undefined} answer
 * @param {HTMLElement} box the fieldset around the question
 * @param {HTMLElement} slot
 * @returns {Control}
 */
export function boolControl(say, answer, box, slot) {
  const group = yesNo(say, answer);
  return choosing(say, box, slot, group.node, group.value);
}

/**
 * @param {Say} say
 * @param {Question} question
 * @param {Answer | undefined} answer
 * @param {HTMLElement} box
 * @param {HTMLElement} slot
 * @returns {Control}
 */
export function choiceControl(say, question, answer, box, slot) {
  const unknown = "?";
  /** @type {[string, string, string?][]} */
  const options = Object.entries(question.choices).map(([value, label]) => [value, label, "de"]);
  const chosen = answer === UNKNOWN ? unknown : typeof answer === "string" ? answer : null;
  const group = radios(newId(), [...options, [unknown, say("unknown")]], chosen);
  return choosing(say, box, slot, group.node, () => {
    const value = group.value();
    return value === unknown ? UNKNOWN : value ?? undefined;
  });
}

/**
 * @param {Say} say
 * @param {HTMLElement} box
 * @param {HTMLElement} slot
 * @param {HTMLElement} node
 * @param {() => Answer | undefined} value
 * @returns {Control}
 */
function choosing(say, box, slot, node, value) {
  /** @param {string} text */
  const refuse = (text) => showProblem(box, slot, say("problem"), text);
  return {
    nodes: [node],
    refuse,
    read() {
      const found = value();
      if (found === undefined) refuse(say("needChoice"));
      return found === undefined ? null : { value: found };
    },
  };
}

/**
 * Yes, no or not known for each item. What is left alone stays open.
 * @param {Say} say
 * @param {Question} question
 * @param {Answer | undefined} answer
 * @param {HTMLElement} box
 * @param {HTMLElement} slot
 * @returns {Control}
 */
export function multipleControl(say, question, answer, box, slot) {
  const known = answer === UNKNOWN || answer === undefined ? {} : /** @type {Record<string, boolean>} */ (answer);
  const rows = Object.entries(question.choices).map(([item, label]) => {
    const before = known[item] ?? (answer === undefined ? undefined : UNKNOWN);
    const group = yesNo(say, before);
    const node = el("fieldset", { class: "item" }, el("legend", { lang: "de" }, label), group.node);
    return { item, node, value: group.value };
  });
  const rest = () => {
    for (const row of rows) if (row.value() === undefined) /** @type {HTMLInputElement} */ (row.node.querySelector("[value=no]")).checked = true;
  };
  /** @param {string} text */
  const refuse = (text) => showProblem(box, slot, say("problem"), text);
  return {
    nodes: [...rows.map((row) => row.node), el("button", { type: "button", class: "quiet", onclick: rest }, say("restNo"))],
    refuse,
    read() {
      const found = rows.map((row) => [row.item, row.value()]).filter(([, value]) => value !== undefined);
      if (!found.length) {
        refuse(say("needSome"));
        return null;
      }
      const decided = found.filter(([, value]) => value !== UNKNOWN);
      return { value: decided.length ? Object.fromEntries(decided) : UNKNOWN };
    },
  };
}
