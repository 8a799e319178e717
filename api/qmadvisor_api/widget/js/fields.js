/** Numbers, dates and texts in a field of their own. */

import { UNKNOWN } from "./answers.js";
import { el, newId, showProblem } from "./dom.js";

/** @typedef {import("./answers.js").Answer} Answer */
/** @typedef {import("./answers.js").Question} Question */
/** @typedef {import("./answers.js").Field} Field */
/** @typedef {import("./radios.js").Control} Control */
/** @typedef {import("./texts.js").Say} Say */

const PLAIN = /^-?\d{1,12}([.,]\d{1,4})?$/;
const DATE = /^(\d{1,2}\.\d{1,2}\.\d{4}|\d{1,2}\.\d{4}|\d{4}(-\d{2}(-\d{2})?)?)$/;

/**
 * A field, and a box to say that the answer is not known yet.
 * @param {Say} say
 * @param {Question} question
 * @param {Answer | undefined} answer
 * @param {HTMLElement} slot
 * @param {string} describedBy
 * @returns {Control}
 */
export function textControl(say, question, answer, slot, describedBy) {
  const hint = el("p", { id: newId(), class: "hint" }, hintFor(say, question));
  const input = textInput(question, typeof answer === "string" ? answer : "", `${describedBy} ${hint.id}`);
  const unknown = /** @type {HTMLInputElement} */ (el("input", { type: "checkbox", checked: answer === UNKNOWN }));
  unknown.addEventListener("change", () => {
    if (unknown.checked) input.value = "";
  });
  input.addEventListener("input", () => {
    unknown.checked = false;
  });
  /** @param {string} text */
  const refuse = (text) => showProblem(input, slot, say("problem"), text);
  return {
    nodes: [
      el("div", { class: "field" }, el("label", { for: input.id, lang: "de" }, question.label), el("span", { class: "with-unit" }, input, unitOf(question))),
      hint,
      el("label", { class: "option" }, unknown, el("span", {}, say("unknown"))),
    ],
    refuse,
    read() {
      if (unknown.checked) return { value: UNKNOWN };
      const text = input.value.trim();
      const wrong = text ? wrongWith(say, question, text) : say("needValue");
      if (wrong) refuse(wrong);
      return wrong ? null : { value: text };
    },
  };
}

/**
 * @param {Question | Field} question
 * @param {string} value
 * @param {string} describedBy
 */
export function textInput(question, value, describedBy) {
  const number = isNumber(question);
  return /** @type {HTMLInputElement} */ (
    el("input", {
      id: newId(),
      type: "text",
      inputmode: number ? "decimal" : null,
      class: number || question.kind === "date" ? "short" : null,
      autocomplete: "off",
      maxlength: 200,
      "aria-describedby": describedBy,
      value,
    })
  );
}

/** @param {Question | Field} question */
function unitOf(question) {
  return question.unit && el("span", { class: "unit", lang: "de" }, question.unit);
}

/**
 * @param {Say} say
 * @param {Question | Field} question
 */
function hintFor(say, question) {
  if (question.kind === "date") return say("dateHint");
  return isNumber(question) ? say("numberHint", { example: exampleFor(question) }) : "";
}

/**
 * What the page can tell at once; the service has the last word.
 * @param {Say} say
 * @param {Question | Field} question
 * @param {string} text
 * @returns {string | null}
 */
export function wrongWith(say, question, text) {
  if (question.kind === "date") return /\d{4}/.test(text) && (DATE.test(text) || /[a-zäöü]/i.test(text)) ? null : say("needDate");
  if (!isNumber(question)) return null;
  if (!/\d/.test(text)) return say("needNumber", { example: exampleFor(question) });
  if (!PLAIN.test(text)) return null;
  if (question.kind === "integer" && /[.,]/.test(text)) return say("needWhole");
  const value = Number(text.replace(",", "."));
  if (question.minimum !== null && value < Number(question.minimum)) return say("tooSmall", { minimum: comma(question.minimum) });
  if (question.maximum !== null && value > Number(question.maximum)) return say("tooLarge", { maximum: comma(question.maximum) });
  return null;
}

/** @param {Question | Field} question */
function isNumber(question) {
  return ["integer", "decimal", "stellenumfang"].includes(question.kind);
}

/** @param {Question | Field} question */
function exampleFor(question) {
  return { integer: "24", stellenumfang: "0,5" }[question.kind] ?? "24,5";
}

/** @param {string} number */
function comma(number) {
  return number.replace(".", ",");
}
