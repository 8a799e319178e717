/** What is shown before the result: waiting, failure, the beginning, one question at a time. */

import { el, newId } from "./dom.js";
import { listControl } from "./entries.js";
import { textControl } from "./fields.js";
import { boolControl, choiceControl, multipleControl } from "./radios.js";

/** @typedef {import("./answers.js").Answer} Answer */
/** @typedef {import("./answers.js").Question} Question */
/** @typedef {import("./radios.js").Control} Control */
/** @typedef {import("./texts.js").Say} Say */
/** @typedef {{node: HTMLElement, heading: HTMLElement | null, control?: Control}} View the heading takes the focus */

/**
 * @param {number} level 1 to 6
 * @param {string} className
 * @param {Record<string, string>} attributes
 * @param {...import("./dom.js").Child} children
 */
export function headingOf(level, className, attributes, ...children) {
  return el(`h${Math.min(level, 6)}`, { class: className, ...attributes }, ...children);
}

/**
 * @param {Say} say
 * @param {"loading" | "checking" | "empty"} what
 * @returns {View}
 */
export function messageView(say, what) {
  return { node: el("p", { role: "status" }, say(what)), heading: null };
}

/**
 * @param {Say} say
 * @param {number} level
 * @param {string} text why
 * @param {boolean} hasAnswers
 * @param {string} remedy what the button says
 * @param {() => void} retry
 * @returns {View}
 */
export function failureView(say, level, text, hasAnswers, remedy, retry) {
  const heading = headingOf(level, "title", { tabindex: "-1" }, say("failed"));
  const node = el(
    "div",
    { role: "alert" },
    heading,
    el("p", {}, text),
    hasAnswers && el("p", {}, say("kept")),
    el("div", { class: "actions" }, el("button", { type: "button", class: "main", onclick: retry }, remedy)),
  );
  return { node, heading };
}

/**
 * @param {Say} say
 * @param {number} level
 * @param {{count: number, host: string, disclaimer: string, start: () => void}} about
 * @returns {View}
 */
export function introView(say, level, { count, host, disclaimer, start }) {
  const heading = headingOf(level, "title", { tabindex: "-1" }, say("title"));
  const node = el(
    "div",
    {},
    heading,
    el("p", {}, say("intro", { count })),
    el("p", { class: "small" }, say("privacy", { host })),
    el("p", { class: "small", lang: "de" }, disclaimer),
    el("div", { class: "actions" }, el("button", { type: "button", class: "main", onclick: start }, say("start"))),
  );
  return { node, heading };
}

/**
 * @typedef {object} Step
 * @property {Question} question
 * @property {string} topic
 * @property {number} number from 1
 * @property {number} count
 * @property {Answer | undefined} answer
 * @property {(() => void) | null} back
 * @property {(answer: Answer) => void} next
 * @property {() => void} skip
 * @property {() => void} result
 * @property {(text: string) => void} announce
 */

/**
 * @param {Say} say
 * @param {number} level
 * @param {Step} step
 * @returns {View}
 */
export function questionView(say, level, step) {
  const { question, number, count } = step;
  const ids = { progress: newId(), help: newId(), problem: newId() };
  const described = `${ids.help} ${ids.problem}`;
  const heading = headingOf(level, "question", { tabindex: "-1", lang: "de", "aria-describedby": ids.progress }, question.question);
  const slot = el("p", { id: ids.problem, class: "problem", hidden: true });
  const help = el("p", { id: ids.help, class: "hint", lang: "de" }, question.help);
  const box = el("fieldset", { "aria-describedby": described }, el("legend", {}, heading), help, slot);
  const control = controlFor(say, step, box, slot, described);
  box.append(...control.nodes);
  /** @param {Event} event */
  const submit = (event) => {
    event.preventDefault();
    slot.hidden = true;
    for (const marked of box.querySelectorAll("[aria-invalid]")) marked.removeAttribute("aria-invalid");
    const found = control.read();
    if (found) step.next(found.value);
  };
  const node = el(
    "form",
    { novalidate: true, onsubmit: submit },
    el(
      "p",
      { id: ids.progress, class: "progress" },
      `${say("progress", { number, count })} · `,
      el("span", { lang: "de" }, step.topic),
    ),
    bar(number / count),
    box,
    el(
      "div",
      { class: "actions" },
      step.back && el("button", { type: "button", onclick: step.back }, say("back")),
      el("button", { type: "submit", class: "main" }, say(number === count ? "finish" : "next")),
      el("button", { type: "button", onclick: step.skip }, say("skip")),
      number !== count && el("button", { type: "button", class: "end", onclick: step.result }, say("seeResult")),
    ),
  );
  return { node, heading, control };
}

/**
 * @param {Say} say
 * @param {Step} step
 * @param {HTMLElement} box
 * @param {HTMLElement} slot
 * @param {string} described
 * @returns {Control}
 */
function controlFor(say, { question, answer, announce }, box, slot, described) {
  switch (question.kind) {
    case "bool":
      return boolControl(say, answer, box, slot);
    case "choice":
      return choiceControl(say, question, answer, box, slot);
    case "multiple":
      return multipleControl(say, question, answer, box, slot);
    case "list":
      return listControl(say, question, answer, box, slot, announce);
    default:
      return textControl(say, question, answer, slot, described);
  }
}

/**
 * How far it is, drawn without a style attribute. The text beside it says the same.
 * @param {number} part from 0 to 1
 */
function bar(part) {
  const space = "http://www.w3.org/2000/svg";
  const svg = document.createElementNS(space, "svg");
  svg.setAttribute("class", "bar");
  svg.setAttribute("width", "100%");
  svg.setAttribute("aria-hidden", "true");
  const rect = document.createElementNS(space, "rect");
  rect.setAttribute("width", `${Math.round(part * 100)}%`);
  rect.setAttribute("height", "100%");
  svg.append(rect);
  return svg;
}
